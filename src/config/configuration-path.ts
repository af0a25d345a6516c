/** Where the configuration stands in a repository. By itself, so that who only needs the name does not load the schema. */
export const CONFIGURATION_PATH = ".github/hotfix.yml";
