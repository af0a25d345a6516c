import { phraseTable } from "../phrase-table.ts";

export const proposals = phraseTable({
  "the configuration forbids `{name}` in {globs} already": "la configurazione vieta già `{name}` in {globs}",
  "Nothing: it holds for every hotfix": "Niente: vale per ogni hotfix",
  "; a pull request proposes it for every hotfix": "; una pull request la propone per ogni hotfix",
  "; #{number}, which proposed to take the one in the configuration out, is {state} and stays so":
    "; #{number}, che proponeva di togliere quella nella configurazione, è {state} e lo resta",
  "; #{number}, which proposed it for every hotfix, is {state} and stays so":
    "; #{number}, che la proponeva per ogni hotfix, è {state} e resta così",
  "a pull request proposes to take the rule about `{rule}` out of the configuration, which holds until that is merged":
    "una pull request propone di togliere la regola su `{rule}` dalla configurazione, che vale fino all’unione",
  ", and ": ", e ",
  "#{number}, which proposed to take the rule about `{rule}` out of the configuration, is {state}":
    "#{number}, che proponeva di togliere la regola su `{rule}` dalla configurazione, è {state}",
  "Reopen it": "Riaprirla",
  "Nothing: it is on its way": "Niente: è già in arrivo",
  "Review and merge it": "Rivederla e unirla",
  "{path} is on the default branch already": "{path} è già nel ramo predefinito",
  "Nothing: it checks pushes to hotfix branches": "Niente: controlla i push sui rami di hotfix",
  "#{number}, which proposed {path}, is {state}": "#{number}, che proponeva {path}, è {state}",
  "this app may not write workflows: it does not ask for that permission, because it is code execution on your runners":
    "questa app non può scrivere workflow: non chiede quel permesso, perché sarebbe esecuzione di codice sui vostri runner",
  "Add {path} with the text below to the default branch, or grant the app the permission Workflows and write the command again":
    "Aggiungere {path} con il testo qui sotto al ramo predefinito, oppure dare all’app il permesso Workflows e riscrivere il comando",
  "a pull request proposes {path}": "una pull request propone {path}",
  open: "aperta",
  merged: "unita",
  closed: "chiusa",
});
