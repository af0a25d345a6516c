import { registerCollaboration } from "./collaboration/register.ts";
import type { Hub } from "./hub.ts";

/** Each entry registers the routes and ref subscribers of one part of GitHub. The order is the order of ref subscribers. */
export const features: readonly ((hub: Hub) => void)[] = [registerCollaboration];
