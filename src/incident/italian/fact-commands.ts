import { phraseTable } from "../phrase-table.ts";

export const factCommands = phraseTable({
  "says when the impact started": "dice quando è iniziato l’impatto",
  "says when it was noticed": "dice quando ci si è accorti del problema",
  "says when customers were served again: the impact is counted until then":
    "dice quando i clienti sono stati serviti di nuovo: l’impatto si conta fino ad allora",
  "says when somebody saw that it works again": "dice quando qualcuno ha visto che funziona di nuovo",
  "puts a line into the timeline": "mette una riga nella cronologia",
  "says what it costs, any of them: a share that changes is said again, with the time from which it holds":
    "dice quanto costa, anche solo in parte: una quota che cambia si dice di nuovo, con l’ora da cui vale",
  "says what a figure was before and after, and what it should be; any of them":
    "dice com’era un valore prima e dopo, e come dovrebbe essere; anche solo in parte",
  "confirms the cause: a commit, whose lines the report then shows, or words":
    "conferma la causa: un commit, di cui il rapporto mostra le righe, oppure a parole",
  "{part} is not of the form key=value; put a value with blanks in quotes":
    "{part} non è della forma chiave=valore; un valore con spazi va tra virgolette",
  "there is no {key}; name {keys}": "{key} non esiste; indicare {keys}",
  "{key} is there twice": "{key} c’è due volte",
  "name at least one of {keys}": "indicare almeno uno tra {keys}",
  "{text} is no time; write one such as {examples}": "{text} non è un’ora; scriverne una come {examples}",
  "{time} is in the future of the comment, which was written {said}":
    "{time} è nel futuro rispetto al commento, scritto il {said}",
  "Write it again when it is over, or `yesterday {time}` if that is meant":
    "Scriverlo di nuovo a cose avvenute, oppure `yesterday {time}` se si intende ieri",
  "there was no {time} on {day} in {zone}, because the clocks were put forward over it":
    "le {time} del {day} in {zone} non ci sono state, perché l’ora è stata spostata in avanti",
  "Write the time in UTC, such as 01:30 UTC": "Scrivere l’ora in UTC, come 01:30 UTC",
  "it was {time} twice on {day} in {zone}, because the clocks were put back: {one} or {other}":
    "le {time} del {day} in {zone} ci sono state due volte, perché l’ora è stata spostata indietro: {one} o {other}",
  "Write the one that is meant in UTC": "Scrivere in UTC quella giusta",
  "Write a time that is over": "Scrivere un’ora già passata",
  "say when, such as {examples}": "scrivere quando, ad esempio {examples}",
  "{text} is too much; write a time and nothing else": "{text} è di troppo; scrivere un’ora e nient’altro",
  "say what happened": "scrivere che cosa è successo",
  "write at most {count} characters": "scrivere al massimo {count} caratteri",
  "from says since when a share holds, so name the share, too":
    "from dice da quando vale una quota, quindi indicare anche la quota",
  'name the metric first, such as "success rate"':
    'indicare prima il nome della metrica, come "success rate"',
  "name the metric with at most {count} characters":
    "dare alla metrica un nome di al massimo {count} caratteri",
  "name the commit by its SHA, or say the cause in words":
    "indicare il commit con il suo SHA, o scrivere la causa a parole",
  "revenue={text} does not say by what time; write it by the hour or minute, such as 50000/h or EUR833/min":
    "revenue={text} non dice in quanto tempo; scriverlo all’ora o al minuto, come 50000/h o EUR833/min",
  "revenue={text} is no amount of money; write digits, more than zero and below 1,000,000,000,000 an hour, such as 50000/h or EUR833/min":
    "revenue={text} non è un importo; scrivere cifre, più di zero e meno di 1.000.000.000.000 all’ora, come 50000/h o EUR833/min",
  "revenue={text} is in no currency that there is; write a code such as EUR":
    "revenue={text} è in una valuta che non esiste; scrivere un codice come EUR",
  'users={text} says not how many; write a number from 0 on such as users="1,200", a share up to 100%, or a few words such as users="all buyers"':
    'users={text} non dice quanti; scrivere un numero da 0 in su come users="1,200", una quota fino al 100%, o poche parole come users="all buyers"',
  "a share of nothing is no impact: write a share above 0% and up to 100%, or say when it recovered with `/hotfix recovered <time>`":
    "una quota nulla non è un impatto: scrivere una quota sopra lo 0% e fino al 100%, o dire quando il servizio è stato ripristinato con `/hotfix recovered <time>`",
  "{share} is no share; write one above 0% and up to 100%, such as 70% or 60-80%":
    "{share} non è una quota; scriverne una sopra lo 0% e fino al 100%, come 70% o 60-80%",
  '{what}={text} is no whole number from 0 to 1,000,000,000,000; write one such as 47 or "1,200"':
    '{what}={text} non è un numero intero da 0 a 1.000.000.000.000; scriverne uno come 47 o "1,200"',
  "{what}={text} is no figure; write a number from 0 to 1,000,000,000,000 with its unit, such as 97% (at most 100%) or 350ms":
    "{what}={text} non è un valore; scrivere un numero da 0 a 1.000.000.000.000 con la sua unità, come 97% (al massimo 100%) o 350ms",
  "it cannot have been detected {late}, before the impact started {early}":
    "non può essere stato rilevato il {late}, prima che l’impatto iniziasse il {early}",
  "it was declared {late}, so the impact cannot have started later, {early}":
    "è stato dichiarato il {late}, quindi l’impatto non può essere iniziato dopo, il {early}",
  "it was declared {late}, so it cannot have been detected later, {early}":
    "è stato dichiarato il {late}, quindi non può essere stato rilevato dopo, il {early}",
  "it cannot have recovered {late}, before the impact started {early}":
    "il servizio non può essere stato ripristinato il {late}, prima che l’impatto iniziasse il {early}",
  "recovery cannot have been verified {late}, before the impact started {early}":
    "il ripristino non può essere stato verificato il {late}, prima che l’impatto iniziasse il {early}",
  "recovery cannot have been verified {late}, before it was detected {early}":
    "il ripristino non può essere stato verificato il {late}, prima che il problema fosse rilevato il {early}",
  "Write a time that fits it": "Scrivere un’ora compatibile",
  "Write a time that fits it, or correct the other with `/hotfix {command} <time>` first":
    "Scrivere un’ora compatibile, o correggere prima l’altra con `/hotfix {command} <time>`",
  "impact started {time}": "l’impatto è iniziato il {time}",
  "it was detected {time}": "il problema è stato rilevato il {time}",
  "it recovered {time}": "il servizio è stato ripristinato il {time}",
  "recovery was verified {time}": "il ripristino è stato verificato il {time}",
  "{said}, as was known": "{said}, come già si sapeva",
  "{said}, and not {before}; the correction is in the timeline":
    "{said}, e non il {before}; la correzione è nella cronologia",
  "it is in the timeline, at the time of your comment": "è nella cronologia, all’ora del commento",
  "it is in the timeline, at {time}": "è nella cronologia, il {time}",
  "this repository is public, so no figure of money is kept or shown here":
    "questo repository è pubblico, quindi qui non si conserva né si mostra alcuna cifra in denaro",
  "Write it without the revenue, or set `public.money` in `.github/hotfix.yml` first":
    "Scriverlo senza revenue, o impostare prima `public.money` in `.github/hotfix.yml`",
  "a share cannot hold from {from}, because the impact started {started}":
    "una quota non può valere dal {from}, perché l’impatto è iniziato il {started}",
  "Write from=start, or correct the start with `/hotfix impact-started <time>` first":
    "Scrivere from=start, o correggere prima l’inizio con `/hotfix impact-started <time>`",
  "a share cannot hold from {from}, because it recovered {recovered}":
    "una quota non può valere dal {from}, perché il servizio è stato ripristinato il {recovered}",
  "Write since when with from=<time>, or correct the other with `/hotfix recovered <time>` first":
    "Scrivere da quando con from=<time>, o correggere prima l’altra con `/hotfix recovered <time>`",
  "{said}; that was round {seen}, and round {open} was opened after your comment":
    "{said}; era il giro {seen}, e il giro {open} è stato aperto dopo il commento",
  "{count} tickets": "{count} ticket",
  "users affected: {users}": "utenti colpiti: {users}",
  "noted: {facts}": "annotato: {facts}",
  "{amount} an hour": "{amount} all’ora",
  "{amount} a minute": "{amount} al minuto",
  "{share} of it since the impact started": "{share} dall’inizio dell’impatto",
  "{share} of it from {time} on, and before that the whole, until somebody says otherwise":
    "{share} dal {time} in poi, e prima tutto, finché qualcuno non dice altro",
  "{share} of it from {time} on": "{share} dal {time} in poi",
  "there are {count} metrics already": "ci sono già {count} metriche",
  "Use one of their names": "Usare uno dei loro nomi",
  "is in {unit}": "è in {unit}",
  "has no unit": "non ha unità",
  "{one} {unit} and {other} {otherUnit}, so they cannot be compared":
    "{one} {unit} e {other} {otherUnit}, quindi non si possono confrontare",
  "Write all of them in one unit": "Scriverli tutti nella stessa unità",
  "the cause is in the report, as you said it": "la causa è nel rapporto, come è stata scritta",
  "there is no commit `{sha}` in this repository": "in questo repository non c’è un commit `{sha}`",
  "Copy the SHA from the list of commits, or say the cause in words":
    "Copiare lo SHA dalla lista dei commit, o scrivere la causa a parole",
  "`{sha}` begins the names of several commits": "`{sha}` è l’inizio del nome di più commit",
  "Write more of it": "Scriverne di più",
  "`{sha}` is the confirmed cause; its lines and the version that carried it are in the report":
    "`{sha}` è la causa confermata; le sue righe e la versione che l’ha portata sono nel rapporto",
  "{time} is more than a year before the issue was opened, {opened}":
    "{time} è più di un anno prima che la issue fosse aperta, il {opened}",
  "Write the time with its right date, or say it in a note without one":
    "Scrivere l’ora con la data giusta, o scriverlo in una nota senza ora",
  "{time} ({local} in {zone})": "{time} (le {local} in {zone})",
  "Impact started": "Inizio dell’impatto",
  "Problem detected": "Problema rilevato",
  "Service said to have recovered; another round followed":
    "Servizio detto ripristinato; è seguito un altro giro",
  "Recovery said to be verified; another round followed":
    "Ripristino detto verificato; è seguito un altro giro",
  "Service recovered": "Servizio ripristinato",
  "Recovery verified": "Ripristino verificato",
  "Start of the impact corrected from {from} to {to}": "Inizio dell’impatto corretto dal {from} al {to}",
  "Time of the detection corrected from {from} to {to}": "Ora della rilevazione corretta dal {from} al {to}",
  "Time of the recovery corrected from {from} to {to}": "Ora del ripristino corretta dal {from} al {to}",
  "Time of the verification corrected from {from} to {to}": "Ora della verifica corretta dal {from} al {to}",
  "Share of the impact changed to {share}": "Quota dell’impatto passata al {share}",
  "Cause confirmed: commit {commit}": "Causa confermata: commit {commit}",
  "Cause confirmed: {text}": "Causa confermata: {text}",
  "First answer on the issue": "Prima risposta sulla issue",
  "Label {label} added": "Etichetta {label} aggiunta",
  "Label {label} taken off": "Etichetta {label} tolta",
  "Deployment of {commit} to {environment} asked for": "Richiesto il rilascio di {commit} in {environment}",
  "Deployed to {environment}": "Rilasciato in {environment}",
  "Deployment to {environment} failed": "Rilascio in {environment} fallito",
  "Deployment to {environment} began": "Rilascio in {environment} iniziato",
});
