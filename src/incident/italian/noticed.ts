import { phraseTable } from "../phrase-table.ts";

export const noticed = phraseTable({
  " by {login}": " da {login}",
  " by somebody": " da qualcuno",
  "{name} was there already and is not the app's, so it is left alone":
    "{name} esisteva già e non è dell’app, quindi resta com’è",
  "#{number} to {base} is left open and not needed any more":
    "#{number} verso {base} resta aperta e non serve più",
  "The label {label} was removed{by}, so the app stopped here":
    "L’etichetta {label} è stata tolta{by}, quindi qui l’app si è fermata",
  "The issue was reopened{by} after it was over; the app does not close it again":
    "La issue è stata riaperta{by} dopo la conclusione; l’app non la richiude",
  "The issue was closed{by} before the fix was everywhere; tagging and landing go on":
    "La issue è stata chiusa{by} prima che la correzione fosse ovunque; tag e rientri proseguono",
  "The issue was closed{by} before anything was shipped; its pull requests stay, and one that is merged is still tagged and brought everywhere":
    "La issue è stata chiusa{by} prima che uscisse qualcosa; le sue pull request restano, e quella che viene unita riceve comunque il tag e arriva ovunque",
  "{branch} was deleted{by}": "{branch} è stato cancellato{by}",
  "; {renamed} has its commits, but it is not what the app works with":
    "; {renamed} ha i suoi commit, ma non è quello con cui lavora l’app",
  "{branch} was force-pushed{by}; what it holds now is what counts":
    "La storia di {branch} è stata sostituita{by}; conta ciò che contiene ora",
  "{branch} has commits that came after the merge of #{number}":
    "{branch} ha commit arrivati dopo l’unione di #{number}",
  "{branch} was deleted{by} before it had a pull request":
    "{branch} è stato cancellato{by} prima di avere una pull request",
  "#{number} was merged into {base}{by} before the fix was shipped, so it did not bring it":
    "#{number} è stata unita in {base}{by} prima che uscisse la correzione, quindi non l’ha portata",
  "Auto-merge of #{number} was switched off{by}": "L’unione automatica di #{number} è stata disattivata{by}",
  "{target} has the fix already, so #{number} can be closed":
    "{target} ha già la correzione, quindi #{number} si può chiudere",
  "#{number} to {base} was closed{by} without being merged":
    "#{number} verso {base} è stata chiusa{by} senza essere unita",
  "#{number} was pointed to {other} instead of {base}{by}":
    "#{number} è stata rivolta a {other} invece che a {base}{by}",
  "#{number} was turned back into a draft{by}": "#{number} è stata riportata in bozza{by}",
  "#{number} was merged with {commit}, which {check} has not passed":
    "#{number} è stata unita con {commit}, che non ha superato {check}",
  'Rolling back is not free: {check} on #{number} says "{title}"':
    'Tornare indietro non è gratis: {check} su #{number} dice "{title}"',
  "see there": "vedere lì",
  "**The incident of this pull request is gone:** its issue, number {issue}, was deleted or moved to another repository.":
    "**L’incidente di questa pull request non c’è più:** la sua issue, numero {issue}, è stata eliminata o spostata in un altro repository.",
  "The app leaves this pull request and {branch} as they are, and does nothing more with them: what is merged from here is not tagged, not released and not brought to other branches.":
    "L’app lascia questa pull request e {branch} così come sono e non ne fa più nulla: ciò che viene unito da qui non riceve tag né release e non viene portato su altri branch.",
  "**Next:** close it if it is not needed, or declare a new incident and push these commits to the branch of that one.":
    "**Prossimo passo:** chiuderla se non serve, oppure dichiarare un nuovo incidente e fare il push di questi commit sul suo ramo.",
});
