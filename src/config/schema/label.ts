import { text } from "./text.ts";

export const label = text(50);
