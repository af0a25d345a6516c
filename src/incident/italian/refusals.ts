import { phraseTable } from "../phrase-table.ts";

/** What GitHub refused, and what a person does about it. */
export const refusals = phraseTable({
  "Nothing: the app tries again by itself": "Niente: l’app riprova da sola",
  "Nothing: the app looks again and goes on by itself": "Niente: l’app guarda di nuovo e prosegue da sola",
  "{names} cannot be assigned": "{names}: assegnazione impossibile",
  "Assign somebody who has access to the repository": "Assegnare qualcuno che ha accesso al repository",
  "{branch} moved while the documents were committed": "{branch} si è mosso durante il commit dei documenti",
  "GitHub does not show {what} yet": "GitHub non mostra ancora {what}",
  "GitHub does not show {what} everywhere yet": "GitHub non mostra ancora {what} dappertutto",
  "GitHub does not show the commit for {branch} everywhere yet":
    "GitHub non mostra ancora dappertutto il commit per {branch}",
  "GitHub does not show the tag {tag} yet": "GitHub non mostra ancora il tag {tag}",
  "The branch {branch} moved in the same moment": "Il ramo {branch} si è mosso nello stesso momento",
  "The conflict on {branch} is too large for this app":
    "Il conflitto su {branch} è troppo grande per questa app",
  "The conflict on {branch} in {path} is for people to resolve":
    "Il conflitto su {branch} in {path} va risolto da una persona",
  "Resolve it on {branch} and push": "Risolverlo su {branch} e inviare la modifica",
  "The branch {branch} was not created: the repository has no commit yet":
    "Il ramo {branch} non è stato creato: il repository non ha ancora commit",
  "Push a first commit to the production branch": "Inviare un primo commit al ramo di produzione",
  "The branch {branch} exists already and was not made by this app":
    "Il ramo {branch} esiste già e non è stato creato da questa app",
  "Rename or delete that branch": "Rinominare o eliminare quel ramo",
  "it is on {commit} already": "è già su {commit}",
  "an immutable release that was deleted had it": "lo aveva una release immutabile che è stata eliminata",
  "The tag {tag} was not created: {why}": "Il tag {tag} non è stato creato: {why}",
  "Nothing: the app takes the next version": "Niente: l’app prende la versione successiva",
  "The branch {branch} was not deleted: it has commits that were not merged":
    "Il ramo {branch} non è stato eliminato: ha commit che non sono stati uniti",
  "Delete it by hand once nobody needs it": "Eliminarlo a mano quando non serve più a nessuno",
  "Merging {commit} into {branch} has conflicts": "L’unione di {commit} in {branch} ha conflitti",
  "Run `git fetch origin && git switch {branch} && git merge {commit}`, resolve the conflicts, commit and `git push`":
    "Eseguire `git fetch origin && git switch {branch} && git merge {commit}`, risolvere i conflitti, fare il commit e `git push`",
  "The release was not merged into {branch}: the branch is gone":
    "La versione non è stata unita in {branch}: il ramo non c’è più",
  "Restore the branch, or carry the fix over by hand":
    "Ripristinare il ramo, o riportare la correzione a mano",
  "Pull request {number} could not be merged: {why}": "La pull request {number} non si è potuta unire: {why}",
  "Meet the requirements of pull request {number} and merge it":
    "Soddisfare i requisiti della pull request {number} e unirla",
  "Pull request {number} got a new commit in the same moment":
    "La pull request {number} ha ricevuto un nuovo commit nello stesso momento",
  "The base of pull request {number} moved in the same moment":
    "La base della pull request {number} si è mossa nello stesso momento",
  "Pull request {number} has conflicts": "La pull request {number} ha conflitti",
  "Merge the base into the branch of pull request {number}, resolve the conflicts and push":
    "Unire la base nel ramo della pull request {number}, risolvere i conflitti e inviare la modifica",
  "GitHub is still working out whether pull request {number} can be merged":
    "GitHub sta ancora calcolando se la pull request {number} si può unire",
  "The pull request to {base} was not opened: there is no such branch":
    "La pull request verso {base} non è stata aperta: quel ramo non esiste",
  "Create {base}, or name the right branch in `.github/hotfix.yml`":
    "Creare {base}, o indicare il ramo giusto in `.github/hotfix.yml`",
  "GitHub does not see {head} for a pull request to {base} yet":
    "GitHub non vede ancora {head} per una pull request verso {base}",
  "The pull request to {base} was not opened: {base} contains everything on {head}":
    "La pull request verso {base} non è stata aperta: {base} contiene già tutto ciò che è su {head}",
  "Nothing, unless the fix is missing there": "Niente, a meno che lì manchi la correzione",
  "{path} was not proposed: {base} has it already": "{path} non è stato proposto: {base} lo ha già",
  Nothing: "Niente",
  "{what}, because {why}": "{what}, perché {why}",
  "#{number} was not brought up to date with {base}": "#{number} non è stata aggiornata a {base}",
  "Resolve its conflict on its branch, or close it": "Risolvere il conflitto sul suo ramo, oppure chiuderla",
  "The rule about `{name}` was not proposed to {base}": "La regola su `{name}` non è stata proposta a {base}",
  "Add the text below to the file that holds the rules; the rule is in force for this incident":
    "Aggiungere il testo qui sotto al file che contiene le regole; per questo incidente la regola è in vigore",
  "Taking out the rule about `{name}` was not proposed to {base}":
    "Togliere la regola su `{name}` non è stato proposto a {base}",
  "Take it out of the file that holds the rules by a pull request":
    "Toglierla con una pull request dal file che contiene le regole",
  "The branch {branch} exists already, and its newest commit was not made by this app":
    "Il ramo {branch} esiste già, e il suo ultimo commit non è di questa app",
  "Open a pull request from it, or rename or delete it":
    "Aprire una pull request da quel ramo, o rinominarlo o eliminarlo",
  "{path} was not proposed: this app lacks the permission Workflows":
    "{path} non è stato proposto: a questa app manca il permesso Workflows",
  "Add the text below to {base}, or grant the app the permission Workflows":
    "Aggiungere il testo qui sotto a {base}, o dare all’app il permesso Workflows",
  "the file on the default branch is not valid": "il file sul ramo predefinito non è valido",
  "the file is written in a way that the app cannot change without touching the rest":
    "il file è scritto in un modo che l’app non può modificare senza toccare il resto",
  "the file itself has no such rule": "il file stesso non ha una regola così",
  "the file is no plain text": "il file non è testo semplice",
  "the rule comes from the file of the owner's `.github` repository":
    "la regola viene dal file nel repository `.github` del proprietario",
  "its rules come from another file, which a list here would put out of force":
    "le sue regole vengono da un altro file, che una lista qui metterebbe fuori vigore",
  "The release {tag} was not published: an immutable release that was deleted had the name":
    "La release {tag} non è stata pubblicata: una release immutabile eliminata aveva quel nome",
  "Publish the notes under another tag by hand": "Pubblicare le note a mano con un altro tag",
  "{name} cannot be created because {other} exists: git keeps no two names of which one is a folder of the other":
    "{name} non si può creare perché esiste {other}: git non tiene due nomi di cui uno è cartella dell’altro",
  "Rename or delete {other}, or choose another prefix in `.github/hotfix.yml`":
    "Rinominare o eliminare {other}, o scegliere un altro prefisso in `.github/hotfix.yml`",
  "{what} was refused by a rule of the repository": "{what}: rifiutato da una regola del repository",
  "{what} was refused by a rule of the repository: {rule}":
    "{what}: rifiutato da una regola del repository: {rule}",
  "Let this app bypass the rule (Settings, Rules), or leave names like this out of it, and write `/hotfix sync` in a comment":
    "Permettere a questa app di ignorare la regola (Settings, Rules), o escluderne nomi come questo, e scrivere `/hotfix sync` in un commento",
  "Somebody who may runs the commands of the status comment in a clone, or an administrator lets this app bypass the rule (Settings, Rules) and writes `/hotfix sync` in a comment; the app goes on from there":
    "Chi può farlo esegue in un clone i comandi del commento di stato, oppure un amministratore permette a questa app di ignorare la regola (Settings, Rules) e scrive `/hotfix sync` in un commento; l’app prosegue da lì",
  "the default branch": "il ramo predefinito",
  "{what} was refused: the workflow files at {commit} differ from those on {branch}, and this app has no permission for workflows":
    "{what}: rifiutato, perché i file di workflow in {commit} sono diversi da quelli su {branch} e questa app non ha il permesso per i workflow",
  "Run the commands of the status comment in a clone; the app goes on from what you push":
    "Eseguire in un clone i comandi del commento di stato; l’app prosegue da ciò che viene inviato",
  "Review of pull request {number} could not be requested from {names}":
    "La revisione della pull request {number} non si è potuta chiedere a {names}",
  "Give them access to the repository, or correct the owners in `.github/hotfix.yml`":
    "Dare loro accesso al repository, o correggere i responsabili in `.github/hotfix.yml`",
  "The list of incidents that are held back was deleted":
    "La lista degli incidenti trattenuti è stata eliminata",
  "Nothing: the incidents still wait for `/hotfix start`":
    "Niente: gli incidenti aspettano ancora `/hotfix start`",
  "The status comment was deleted": "Il commento di stato è stato eliminato",
  "Write `/hotfix status` for a new one": "Scrivere `/hotfix status` per averne uno nuovo",
  "{what} was refused: the repository is archived": "{what}: rifiutato, perché il repository è archiviato",
  "Unarchive the repository, or go on elsewhere": "Riattivare il repository, o proseguire altrove",
  "{what} was refused: the conversation is locked": "{what}: rifiutato, perché la conversazione è bloccata",
  "Unlock the conversation": "Sbloccare la conversazione",
  "{what} was refused: it touches workflow files, for which this app has no permission":
    "{what}: rifiutato, perché tocca file di workflow, per i quali questa app non ha il permesso",
  "Do it by hand once, or grant the app the permission Workflows and write `/hotfix sync` in a comment":
    "Farlo una volta a mano, o dare all’app il permesso Workflows e scrivere `/hotfix sync` in un commento",
  "{what} was refused: the issue was deleted, or issues are switched off":
    "{what}: rifiutato, perché la issue è stata eliminata o le issue sono disattivate",
  "Switch issues on, or declare the incident again": "Attivare le issue, o dichiarare di nuovo l’incidente",
  "Let this app bypass the ruleset and write `/hotfix sync` in a comment, or do it by hand":
    "Permettere a questa app di ignorare le regole e scrivere `/hotfix sync` in un commento, o farlo a mano",
  "{what} was refused: the branch is protected": "{what}: rifiutato, perché il ramo è protetto",
  "Let this app pass the protection and write `/hotfix sync` in a comment, or do it by hand":
    "Permettere a questa app di superare la protezione e scrivere `/hotfix sync` in un commento, o farlo a mano",
  "{what} was refused: this app lacks a permission":
    "{what}: rifiutato, perché a questa app manca un permesso",
  "{what} was refused: this app lacks the permission {wanted}":
    "{what}: rifiutato, perché a questa app manca il permesso {wanted}",
  "An owner accepts the app's permissions in the settings of the installation":
    "Un proprietario accetta i permessi dell’app nelle impostazioni dell’installazione",
  "{what} got no answer from GitHub": "{what}: nessuna risposta da GitHub",
  "{what} met a GitHub that does not show everything yet": "{what}: GitHub non mostra ancora tutto",
  "{what} met another change of the same thing":
    "{what}: nello stesso momento c’è stata un’altra modifica della stessa cosa",
  "The conflict on {branch} is for people to resolve": "Il conflitto su {branch} va risolto da una persona",
  "A step could not be finished, and the app will try it again by itself.":
    "Un passo non si è potuto concludere; l’app lo riproverà da sola.",
  "If this stays for more than ten minutes, ask the operator of the app to look at its log.":
    "Se resta così per più di dieci minuti, chiedere a chi gestisce l’app di guardare il suo log.",
  "GitHub's limit for what the app may write is reached, so the other steps wait; the app tries again within {within}.":
    "È raggiunto il limite di GitHub per ciò che l’app può scrivere, quindi gli altri passi aspettano; l’app riprova entro {within}.",
  "two minutes": "due minuti",
  "a quarter of an hour": "un quarto d’ora",
  "an hour": "un’ora",
  "Nothing: the app goes on by itself.": "Niente: l’app prosegue da sola.",
  "Creating the branch {branch}": "Creazione del ramo {branch}",
  "Opening the pull request from {head} to {base}": "Apertura della pull request da {head} verso {base}",
  "Writing the status comment": "Scrittura del commento di stato",
  "Listing the incidents that are held back": "Lista degli incidenti trattenuti",
  "Writing a comment": "Scrittura di un commento",
  "Marking pull request {number} ready": "Pull request {number} da segnare come pronta",
  "Requesting review on pull request {number}": "Richiesta di revisione della pull request {number}",
  "Assigning the responder": "Assegnazione a chi interviene",
  "Creating the tag {tag}": "Creazione del tag {tag}",
  "Publishing the release {tag}": "Pubblicazione della release {tag}",
  "Merging the release into {branch}": "Unione della versione in {branch}",
  "Resolving the conflict on {branch}": "Risoluzione del conflitto su {branch}",
  "Reporting on the conflicts of pull request {number}": "Esito sui conflitti della pull request {number}",
  "Reporting what merging pull request {number} into its targets gives":
    "Previsione dell’unione della pull request {number} nelle destinazioni",
  "Merging pull request {number}": "Unione della pull request {number}",
  "Committing the documents to {branch}": "Commit dei documenti su {branch}",
  "Proposing a change to {base}": "Proposta di una modifica a {base}",
  "Closing pull request {number}": "Chiusura della pull request {number}",
  "Deleting the branch {branch}": "Eliminazione del ramo {branch}",
  "Closing the incident": "Chiusura dell’incidente",
  "Opening the issue of an action item": "Apertura della issue di un’azione",
  "Closing #{number} as not planned": "Chiusura di #{number} come non prevista",
});
