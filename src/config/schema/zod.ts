import { z } from "zod";

// Writing a function for each schema pays off after thousands of configurations; a process reads a handful, and the command line one.
// A schema heeds this while it is made, so everything that makes one takes `z` from here.
z.config({ jitless: true });

export { z };
