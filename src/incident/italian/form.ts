import { phraseTable } from "../phrase-table.ts";

/** What was read and could not be understood: the issue form, and lines of commands. */
export const form = phraseTable({
  '"Revenue per hour" is in {one} but "Currency" says {other}':
    '"Revenue per hour" è in {one} ma "Currency" dice {other}',
  'the heading "{label}" is in the issue more than once, so that answer was not used':
    'il titolo "{label}" compare più volte nella issue, quindi quella risposta non è stata usata',
  '"Currency" must be a code such as EUR, not {answer}':
    '"Currency" dev’essere un codice come EUR, non {answer}',
  '"SLA minutes" must be a whole number of minutes, not {answer}':
    '"SLA minutes" dev’essere un numero intero di minuti, non {answer}',
  '"Impact started" must be a time like 2026-11-20 14:30 UTC, not {answer}':
    '"Impact started" dev’essere un orario come 2026-11-20 14:30 UTC, non {answer}',
  '"Severity" must be one of {names}, not {answer}; {highest} holds until then':
    '"Severity" dev’essere una di queste voci: {names}, non {answer}; fino ad allora vale {highest}',
  '"Service" must begin with a letter, such as payment, not {answer}':
    '"Service" deve cominciare con una lettera, come payment, non {answer}',
  '"Service" must be one of {names}, not {answer}':
    '"Service" dev’essere una di queste voci: {names}, non {answer}',
  "{text} can be read in two ways; write it with digits only":
    "{text} si può leggere in due modi; scriverlo solo con cifre",
  "{text} is too large": "{text} è troppo grande",
  "{text} cannot be read as an amount; write it like 50000 or EUR 50000":
    "{text} non si può leggere come importo; scriverlo come 50000 o EUR 50000",
  "there is no such command": "questo comando non esiste",
  "say why, after the word because": "dire perché, dopo la parola because",
  "name one branch and say why, after the word because":
    "indicare un ramo e dire perché, dopo la parola because",
  "name one branch or one pull request": "indicare un ramo o una pull request",
  "name one level, such as critical": "indicare un livello, come critical",
  "name one check and say why, after the word because":
    "indicare un controllo e dire perché, dopo la parola because",
  "name one of properties, scope, tests, migrations, message, review":
    "indicare una di queste voci: properties, scope, tests, migrations, message, review",
  "name what is forbidden, and what to use instead":
    "indicare che cosa è vietato, e che cosa usare al suo posto",
  "name one rule, by what it forbids or by its id": "indicare una regola, con ciò che vieta o con il suo id",
});

/** What `/hotfix help` says of each command. */
export const meanings = phraseTable({
  "lists the commands": "elenca i comandi",
  "accepts an incident whose label did not count, and begins":
    "accetta un incidente la cui etichetta non valeva, e comincia",
  "writes the status comment again where it was deleted":
    "riscrive il commento di stato se è stato cancellato",
  "says what is blocked, by which rule, on what evidence, and who can go on":
    "dice che cosa è fermo, per quale regola, con quale prova, e chi può proseguire",
  "looks at everything again now": "riguarda tutto subito",
  "opens another round: the hotfix shipped and did not help":
    "apre un altro giro: l’hotfix è uscito e non è servito",
  "takes a branch that somebody already has as the hotfix branch; nothing is moved":
    "prende come ramo di hotfix un ramo che qualcuno ha già; nulla viene spostato",
  "ends the incident without a release: it recovered by revert, configuration or by itself":
    "conclude l’incidente senza una versione: si è risolto con un ripristino, una configurazione o da solo",
  "stops; what is left is listed": "si ferma; elenca ciò che resta",
  "adds a branch that the fix must reach": "aggiunge un ramo che la correzione deve raggiungere",
  "takes a branch off the list of what the fix must reach":
    "toglie un ramo dall’elenco di ciò che la correzione deve raggiungere",
  "settles that the fix is on a branch where it cannot be proven":
    "stabilisce che la correzione è in un ramo dove non si può provare",
  "takes the findings that a check shows now on you, for this incident":
    "prende su di sé i rilievi che un controllo mostra ora, per questo incidente",
  "makes a rule of what went wrong: in force for this incident, and proposed for all":
    "fa una regola di ciò che è andato storto: vale per questo incidente ed è proposta per tutti",
  "takes a rule of this incident back, or proposes to take it out of the configuration":
    "ritira una regola di questo incidente, o propone di toglierla dalla configurazione",
  "proposes a workflow that checks pushes to hotfix branches in CI":
    "propone un workflow che controlla in CI i push sui rami di hotfix",
  "changes the severity and with it the deadline": "cambia la gravità e con essa la scadenza",
});
