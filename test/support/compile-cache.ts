import { tmpdir } from "node:os";
import { join } from "node:path";

/** For processes of the app: half of what it costs to start one is compiling the same files again. node checks what it holds. */
export const compileCache = { NODE_COMPILE_CACHE: join(tmpdir(), "hotfix-responder-compile-cache") };
