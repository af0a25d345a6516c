import { phraseTable } from "../phrase-table.ts";

export const replies = phraseTable({
  "Incident report": "Rapporto dell’incidente",
  Retrospective: "Retrospettiva",
  "Stakeholder update": "Aggiornamento per gli interessati",
  "Public update": "Aggiornamento pubblico",
  Documents: "Documenti",
  "the incident goes on from where it stopped": "l’incidente prosegue da dove si era fermato",
  "the incident is accepted; the branches and pull requests follow":
    "l’incidente è accettato; seguono i rami e le pull request",
  "the incident was accepted before, and the app is at work":
    "l’incidente era già accettato, e l’app è al lavoro",
  "the status comment is written again, below": "il commento di stato viene riscritto, qui sotto",
  "the status comment is there, above; it is kept up to date":
    "il commento di stato c’è, qui sopra; viene tenuto aggiornato",
  "the issue is closed": "la issue è chiusa",
  "Reopen the issue, then write the command again": "Riaprire la issue, poi riscrivere il comando",
  "{round} has not shipped yet": "{round} non è ancora uscito",
  "Push what is missing to `{branch}`": "Inviare ciò che manca su `{branch}`",
  "round {number} begins: it gets its own branch from `{production}`, its own pull requests, version and landing":
    "comincia il giro {number}: ha un proprio ramo da `{production}`, proprie pull request, versione e rientro",
  "; left as they are: {left}": "; lasciati come sono: {left}",
  "the app stops here: it closes, deletes and releases nothing":
    "l’app si ferma qui: non chiude, non cancella e non pubblica nulla",
  "what was merged is still tagged and brought everywhere, then ":
    "ciò che è stato unito riceve ancora il tag e arriva ovunque, poi ",
  "the documents are written without a release and the incident closes":
    "i documenti vengono scritti senza una versione e l’incidente si chiude",
  "there is no severity `{level}`": "non esiste la gravità `{level}`",
  "Name one of {names}": "Indicare una di queste voci: {names}",
  "the severity is {severity} now, and the SLA deadline {deadline}; the name {id} stays":
    "la gravità ora è {severity}, e la scadenza SLA {deadline}; il nome {id} resta",
  "`{branch}` is the production branch": "`{branch}` è il ramo di produzione",
  "Name a branch that the fix is brought to": "Indicare un ramo a cui viene portata la correzione",
  "`{branch}` is no target": "`{branch}` non è una destinazione",
  "No branch is one": "Nessun ramo lo è",
  "What the fix is brought to: {names}": "La correzione viene portata su: {names}",
  "the fix is proven to be in `{branch}` already": "è già provato che la correzione è in `{branch}`",
  "Nothing needs to be done for it": "Non serve fare nulla",
  "the fix is released as {tag} and in every branch that it is brought to":
    "la correzione è uscita come {tag} ed è in ogni ramo in cui viene portata",
  "Write `/hotfix again` if it did not help; what else is worth telling goes into the timeline with `/hotfix note`":
    "Scrivere `/hotfix again` se non è servita; ciò che altro va detto entra nella cronologia con `/hotfix note`",
  "the documents are written without another release and the incident closes":
    "i documenti vengono scritti senza un’altra versione e l’incidente si chiude",
  "`{branch}` is a target already": "`{branch}` è già una destinazione",
  "the fix is brought to `{branch}`, too": "la correzione viene portata anche in `{branch}`",
  "there is no branch `{branch}` that matches `{pattern}`":
    "non c’è un ramo `{branch}` che corrisponda a `{pattern}`",
  "Name an existing release branch": "Indicare un ramo di rilascio esistente",
  "nothing more is done for `{branch}`, and the incident does not wait for it":
    "per `{branch}` non si fa altro, e l’incidente non lo aspetta",
  "nothing has shipped yet": "non è ancora uscito nulla",
  "Write it once the fix is in `{production}`": "Scriverlo quando la correzione è in `{production}`",
  "the fix counts as being in `{branch}`": "la correzione vale come presente in `{branch}`",
  "{round} has shipped": "{round} è uscito",
  "Write `/hotfix again` first": "Scrivere prima `/hotfix again`",
  "there is no such pull request in this repository": "in questo repository non c’è questa pull request",
  "Name a branch, or a pull request from one": "Indicare un ramo, o una pull request che ne parta",
  "`{branch}` is a trunk or a release branch": "`{branch}` è un ramo principale o di rilascio",
  "`{branch}` is the app's own": "`{branch}` è dell’app",
  "`{branch}` is the hotfix branch of #{number}": "`{branch}` è il ramo della correzione di #{number}",
  "; `{target}` has {count} of its commits already: look at what would ship with it":
    "; `{target}` ha già {count} dei suoi commit: guardare che cosa uscirebbe insieme",
  "Name the branch that holds the fix": "Indicare il ramo che contiene la correzione",
  "#{number} is merged": "#{number} è stata unita",
  "#{number} is closed": "#{number} è chiusa",
  "Name an open one": "Indicarne una aperta",
  "there is no branch `{branch}`": "non c’è un ramo `{branch}`",
  "Push it, then write the command again": "Inviarlo, poi riscrivere il comando",
  "the hotfix comes from `{branch}` now; nothing on it is moved, and the app never deletes it":
    "l’hotfix ora viene da `{branch}`; nulla viene spostato, e l’app non lo cancella mai",
  "round {number}": "il giro {number}",
  "the hotfix": "l’hotfix",
  "`{check}` is switched off": "`{check}` è disattivato",
  "Nothing: it stands in nobody's way": "Niente: non ostacola nessuno",
  "`{check}` has no verdict on the head yet": "`{check}` non ha ancora un esito sull’ultimo commit",
  "Wait for it, then write the command again": "Attenderlo, poi riscrivere il comando",
  "`{check}` found nothing that stands in the way": "`{check}` non ha trovato nulla che ostacoli",
  "There is nothing to override": "Non c’è nulla a cui derogare",
  "what `{check}` shows on #{number} now ({title}) counts as accepted for this incident; whatever it finds later does not":
    "ciò che `{check}` mostra ora su #{number} ({title}) vale come accettato per questo incidente; ciò che troverà dopo no",
  "its findings": "i suoi rilievi",
  "this is no rule: {why}": "questa non è una regola: {why}",
  "Correct it and write it again": "Correggerla e riscriverla",
  "; `{use}` is what to write instead": "; al suo posto si scrive `{use}`",
  "`{name}` is forbidden in {globs} for this incident from now on":
    "`{name}` da ora è vietato in {globs} per questo incidente",
  "the rule of this incident about `{rule}` is taken back":
    "la regola di questo incidente su `{rule}` è ritirata",
  "there is no rule about `{rule}`": "non c’è una regola su `{rule}`",
  "Name what the rule forbids, or the id of its full form":
    "Indicare ciò che la regola vieta, o l'id della sua forma estesa",
  "only the first {count} commands of a comment are read":
    "di un commento si leggono solo i primi {count} comandi",
  "Write the others in a comment of their own": "Scrivere gli altri in un commento a parte",
  "it is too long": "è troppo lungo",
  "Write it with at most {count} characters": "Scriverlo con al massimo {count} caratteri",
  "it needs the permission `{needed}` in this repository":
    "serve il permesso `{needed}` in questo repository",
  "Somebody who has it can write the same comment": "Chi lo ha può scrivere lo stesso commento",
  "the incident is not accepted yet": "l’incidente non è ancora accettato",
  "Write `/hotfix start` first": "Scrivere prima `/hotfix start`",
  "the label `{label}` was taken off, so the app has stopped":
    "l’etichetta `{label}` è stata tolta, quindi l’app si è fermata",
  "Put the label back, then write the command again": "Rimettere l’etichetta, poi riscrivere il comando",
});
