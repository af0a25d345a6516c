import { phraseTable } from "../phrase-table.ts";

/** About action items, their issues and stakeholder updates. */
export const followUps = phraseTable({
  "makes an action item and an issue for it; all but the text may be left out: prevent, this sprint, due by configuration":
    "crea un’azione e una issue per essa; tutto tranne il testo si può omettere: prevent, questo sprint, scadenza da configurazione",
  "closes an action item as not planned, with the reason in the retrospective":
    "chiude un’azione come non pianificata, con il motivo nella retrospettiva",
  "sends a stakeholder update: posted here, and kept in the update's file with its time":
    "invia un aggiornamento agli interessati: pubblicato qui, e conservato con l’ora nel file degli aggiornamenti",
  "posts the incident report as it stands now": "pubblica il rapporto dell’incidente com’è adesso",
  "say what is to be done, in quotes": "dire che cosa va fatto, tra virgolette",
  "say it with at most 300 characters": "dirlo con al massimo 300 caratteri",
  "type is one of prevent, mitigate, detect, process": "type è uno tra prevent, mitigate, detect, process",
  "horizon is one of sprint, next, quarter": "horizon è uno tra sprint, next, quarter",
  "owner is one user or team, such as @ana or @acme/payments":
    "owner è un utente o un gruppo, come @ana o @acme/payments",
  "after the text come only owner, due, type and horizon, each once and with =":
    "dopo il testo vengono solo owner, due, type e horizon, ciascuno una volta e con =",
  "something must follow the =": "qualcosa deve seguire il segno =",
  "name one follow-up by its number and say why, after the word because":
    "indicare un’azione con il suo numero e dire perché, dopo la parola because",
  "say what stakeholders are to know": "dire che cosa devono sapere gli interessati",
  "Action item: {text}": "Azione: {text}",
  "Action item {issue} is not done": "L’azione {issue} non si fa",
  "Stakeholder update sent": "Aggiornamento per gli interessati inviato",
  "Review what {check} found and was overridden":
    "Rivedere ciò che {check} ha trovato e che è stato scavalcato",
  "the app has stopped here": "l’app qui si è fermata",
  "it is an action item already": "è già un’azione",
  "it is an action item already, #{number}": "è già un’azione, #{number}",
  "Nothing: say it otherwise if you mean something else": "Niente: dirlo in altro modo se si intende altro",
  "there are {count} action items already": "ci sono già {count} azioni",
  "Open an issue for it by hand": "Aprire una issue a mano",
  "Write the command again with the day on which it is due":
    "Riscrivere il comando con il giorno di scadenza",
  "`{owner}` is nobody who can take it here": "`{owner}` qui non può prenderla in carico",
  "Name somebody who may work on issues in this repository, an owner of the service, or leave `owner=` out":
    "Indicare qualcuno che può lavorare sulle issue di questo repository, un responsabile del servizio, oppure omettere `owner=`",
  "an issue follows for it: {type}, {horizon}, due {day}; nobody owns it yet":
    "segue una issue: {type}, {horizon}, scadenza {day}; nessuno l’ha ancora in carico",
  "an issue follows for it: {type}, {horizon}, due {day}; it mentions its owner":
    "segue una issue: {type}, {horizon}, scadenza {day}; menziona chi l’ha in carico",
  "an issue follows for it: {type}, {horizon}, due {day}; it names nobody, and is assigned to its owner where GitHub can do so":
    "segue una issue: {type}, {horizon}, scadenza {day}; non nomina nessuno, ed è assegnata a chi l’ha in carico se GitHub lo consente",
  "#{number} is no action item of this incident": "#{number} non è un’azione di questo incidente",
  "There is none with an issue yet": "Nessuna ha ancora una issue",
  "#{number} is done already": "#{number} è già fatta",
  "Reopen it first if it is not": "Riaprirla prima, se non lo è",
  "#{number} is not there any more": "#{number} non c’è più",
  "Nothing: the retrospective says so": "Niente: la retrospettiva lo dice",
  "#{number} is closed as not planned already; the reason is kept":
    "#{number} è già chiusa come non pianificata; il motivo resta scritto",
  "#{number} is closed as not planned; the reason is kept":
    "#{number} viene chiusa come non pianificata; il motivo resta scritto",
  "this sprint": "questo sprint",
  "next sprint": "prossimo sprint",
  "next quarter": "prossimo trimestre",
  prevent: "prevenire",
  mitigate: "attenuare",
  detect: "rilevare",
  process: "processo",
  "`{written}` is no day that the app understands; write the date, such as 2026-12-01":
    "`{written}` non è un giorno che l’app capisce; scrivere la data, per esempio 2026-12-01",
  "`{written}` can mean several days; write the date, such as 2026-12-01":
    "`{written}` può indicare più giorni; scrivere la data, per esempio 2026-12-01",
  "there is no day {day}": "il giorno {day} non esiste",
  "{day} is over already": "il {day} è già passato",
  "{day} is more than two years away": "mancano più di due anni al {day}",
});
