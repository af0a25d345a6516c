import { phraseTable } from "../phrase-table.ts";

/** What merging the fix into a branch gives, and why one is left out. Those without names are looked up by their English text. */
export const forecasts = phraseTable({
  "it is released already as {tag}": "è già stato rilasciato come {tag}",
  "everything on it is on {production} already": "tutto ciò che contiene è già su {production}",
  "GitHub could not say how it stands to {production}":
    "GitHub non ha saputo dire in che rapporto sta con {production}",
  "merging {production} into it would bring more than this hotfix":
    "unirvi {production} porterebbe più di questo hotfix",
  "GitHub did not answer": "GitHub non ha risposto",
  "the two branches share no history": "i due rami non hanno storia in comune",
  "the fix's side changes 300 files or more": "il lato della correzione cambia 300 file o più",
  "the hotfix deleted it and the target changed it":
    "l’hotfix l’ha eliminato e la destinazione l’ha modificato",
  "the target deleted it and the hotfix changed it":
    "la destinazione l’ha eliminato e l’hotfix l’ha modificato",
  "the hotfix deleted or renamed it and the target changed it":
    "l’hotfix l’ha eliminato o rinominato e la destinazione l’ha modificato",
  "the target deleted or renamed it and the hotfix changed it":
    "la destinazione l’ha eliminato o rinominato e l’hotfix l’ha modificato",
  "both sides changed what kind of file it is": "entrambe le parti hanno cambiato il tipo di file",
  "it is not text and both sides changed it": "non è testo ed entrambe le parti l’hanno modificato",
  "it has more than 20000 lines and both sides changed it":
    "ha più di 20000 righe ed entrambe le parti l’hanno modificato",
  "both sides changed it, and it is not text or too large to compare":
    "entrambe le parti l’hanno modificato, e non è testo o è troppo grande da confrontare",
});
