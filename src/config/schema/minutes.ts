import { positive } from "./positive.ts";

export const minutes = positive(60 * 24 * 30);
