import { phraseTable } from "../phrase-table.ts";

export const problems = phraseTable({
  "Edit the issue's first comment; it is read again at once":
    "Modificare il primo commento della issue; viene riletto subito",
  "Correct `.github/hotfix.yml` on the default branch; its last valid revision is in force until then":
    "Correggere `.github/hotfix.yml` nel ramo predefinito; fino ad allora vale l’ultima versione valida",
  "Correct `.github/hotfix.yml` on the default branch; no branch is made before that":
    "Correggere `.github/hotfix.yml` nel ramo predefinito; prima non viene creato alcun ramo",
  "Correct the rule in `.github/hotfix.yml` on the default branch":
    "Correggere la regola in `.github/hotfix.yml` nel ramo predefinito",
  "The template `.github/hotfix-templates/{name}.hbs` is not used: {sentence}":
    "Il modello `.github/hotfix-templates/{name}.hbs` non viene usato: {sentence}",
  "Correct it on the default branch (`hotfix validate` tries it); the app's own text is used until then":
    "Correggerlo nel ramo predefinito (`hotfix validate` lo prova); fino ad allora si usa il testo dell’app",
  "The repository is archived, so nothing can be written":
    "Il repository è archiviato, quindi non si può scrivere nulla",
  "Unarchive it": "Toglierlo dall’archivio",
  "The repository has no commit yet, so there is nothing to make a hotfix of":
    "Il repository non ha ancora commit, quindi non c’è nulla da cui partire",
  "Push a first commit to `{production}`": "Inviare un primo commit su `{production}`",
  "The production branch {production} does not exist, so no hotfix branch can start from it":
    "Il ramo di produzione {production} non esiste, quindi nessun ramo di hotfix può partire da lì",
  "Create it, or name the right one as `branches.production` in `.github/hotfix.yml`":
    "Crearlo, oppure indicare quello giusto come `branches.production` in `.github/hotfix.yml`",
  "The integration branch {integration} does not exist, so the fix is only brought to {production} and the incident stays open":
    "Il ramo di integrazione {integration} non esiste, quindi la correzione arriva solo in {production} e l’incidente resta aperto",
  "Create it, or name the right one as `branches.integration` in `.github/hotfix.yml` (`{production}` where there is no other)":
    "Crearlo, oppure indicare quello giusto come `branches.integration` in `.github/hotfix.yml` (`{production}` se non ce n’è un altro)",
  "GitHub does not let #{number} be merged into {target} without a person":
    "GitHub non permette di unire #{number} in {target} senza una persona",
  "The installation of this app lacks the permission {name} (read and write), so {stops}":
    "All’installazione dell’app manca il permesso {name} (lettura e scrittura), quindi {stops}",
  "An owner of {owner} opens Settings, GitHub Apps, Configure (of the repository or of {owner}) and accepts the permission; the app goes on at once":
    "Un proprietario di {owner} apre Settings, GitHub Apps, Configure (del repository o di {owner}) e accetta il permesso; l’app prosegue subito",
  "no branch, tag, release or document can be made": "non si possono creare rami, tag, versioni o documenti",
  "no pull request can be opened, marked ready or merged":
    "non si possono aprire, segnare come pronte o unire pull request",
  "nothing can be written here": "qui non si può scrivere nulla",
  "the commits that are pushed are not checked": "i commit inviati non vengono controllati",
  "#{number} was merged into {base} and not into {production}, so nothing was shipped or tagged":
    "#{number} è stata unita in {base} e non in {production}, quindi nulla è uscito e nulla ha un tag",
  "Open a pull request from `{head}` to {production} yourself, or take the label off to stop":
    "Aprire a mano una pull request da `{head}` verso {production}, oppure togliere l’etichetta per fermarsi",
  "The merge of #{number} is not on {production}, so it was not tagged":
    "L’unione di #{number} non è in {production}, quindi non ha ricevuto il tag",
  "Find out who moved {production}, and bring {commit} back to it":
    "Scoprire chi ha spostato {production}, e riportarci {commit}",
  "The merge of #{number} does not have the content of the hotfix, so it was not tagged":
    "L’unione di #{number} non ha il contenuto dell’hotfix, quindi non ha ricevuto il tag",
  "Compare {commit} with {head}, and ship what is missing in a new pull request":
    "Confrontare {commit} con {head}, e far uscire ciò che manca con una nuova pull request",
});
