import { phraseTable } from "../phrase-table.ts";

export const nextStep = phraseTable({
  "Nothing: the app goes on by itself": "Niente: l’app prosegue da sola",
  "Put the label `{label}` on the issue to declare an incident":
    "Mettere l’etichetta `{label}` sulla issue per dichiarare un incidente",
  "Nothing: the app is looking up who put the label": "Niente: l’app guarda chi ha messo l’etichetta",
  "Somebody with {needed} permission writes `/hotfix start` in a comment":
    "Chi ha il permesso {needed} scrive `/hotfix start` in un commento",
  "Somebody writes `/hotfix start` in a comment: more incidents were declared at once than the app opens by itself":
    "Qualcuno scrive `/hotfix start` in un commento: gli incidenti dichiarati insieme sono più di quanti l’app ne apra da sola",
  "Put the label `{label}` back to go on, or take over by hand":
    "Rimettere l’etichetta `{label}` per proseguire, oppure continuare a mano",
  "Nothing: the documents follow": "Niente: seguono i documenti",
  "Close the issue, or write `/hotfix start` to go on":
    "Chiudere la issue, oppure scrivere `/hotfix start` per proseguire",
  "Close what is left ({left}), or write `/hotfix start` to go on":
    "Chiudere ciò che resta ({left}), oppure scrivere `/hotfix start` per proseguire",
  "Close {pulls} if it is over, or reopen the issue if it is not":
    "Chiudere {pulls} se è finita, oppure riaprire la issue se non lo è",
  "Write `/hotfix again` in a comment if the fix did not help, or close the issue again":
    "Scrivere `/hotfix again` in un commento se la correzione non è servita, oppure richiudere la issue",
  "Nothing: the incident is over": "Niente: l’incidente è concluso",
  "Find out where the fix is: #{number} was merged without any change":
    "Scoprire dov’è la correzione: #{number} è stata unita senza alcuna modifica",
  "{reopen} to go on, or take the label off to stop":
    "{reopen} per proseguire, oppure togliere l’etichetta per fermarsi",
  "Reopen #{number}": "Riaprire #{number}",
  "Restore `{branch}` and reopen #{number}": "Ripristinare `{branch}` e riaprire #{number}",
  "Give `{renamed}` its old name `{branch}` back and reopen #{number}":
    "Ridare a `{renamed}` il vecchio nome `{branch}` e riaprire #{number}",
  "Point #{number} back to {production} to go on, or take the label off to stop":
    "Riportare #{number} verso {production} per proseguire, oppure togliere l’etichetta per fermarsi",
  "Restore `{branch}` to go on, or take the label off to stop":
    "Ripristinare `{branch}` per proseguire, oppure togliere l’etichetta per fermarsi",
  "Push the fix to `{branch}`": "Inviare la correzione su `{branch}`",
  "Mark #{number} ready for review when it is": "Segnare #{number} come pronta per la revisione quando lo è",
  "Correct what `{check}` found in {name}, and push":
    "Correggere ciò che `{check}` ha trovato in {name}, e inviare la modifica",
  "Resolve the conflict of {name} with {base}, and push":
    "Risolvere il conflitto di {name} con {base}, e inviare la modifica",
  "Answer the review of {name}": "Rispondere alla revisione di {name}",
  "See in {name} what {base} still asks for (a required check, or a further review), and merge it":
    "Vedere in {name} che cosa chiede ancora {base} (un controllo obbligatorio o un’altra revisione), e unirla",
  "Merge {name}": "Unire {name}",
  "Review and merge {name}": "Rivedere e unire {name}",
  "Reopen the issue, so that what was pushed to `{branch}` after the merge of #{number} ships in another round":
    "Riaprire la issue, perché ciò che è stato inviato su `{branch}` dopo l’unione di #{number} esca in un altro giro",
  "Bring the fix to {target} yourself, or restore `{branch}`":
    "Portare a mano la correzione in {target}, oppure ripristinare `{branch}`",
  "Resolve the conflict of {name} with {target} on `{branch}`, and push":
    "Risolvere il conflitto di {name} con {target} su `{branch}`, e inviare la modifica",
  "Reopen {name}, or bring the fix to {target} yourself":
    "Riaprire {name}, oppure portare a mano la correzione in {target}",
  "Answer the review of {name}, and merge it": "Rispondere alla revisione di {name}, e unirla",
  "Review {name}; GitHub merges it when all that {target} asks for is there":
    "Rivedere {name}; GitHub la unisce quando c’è tutto ciò che {target} chiede",
  "Merge {name} into {target}": "Unire {name} in {target}",
  "Bring the fix to {target}: {name} was merged, but the fix is not there":
    "Portare la correzione in {target}: {name} è stata unita, ma la correzione non c’è",
  "{list} and {last}": "{list} e {last}",
});
