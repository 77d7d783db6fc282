import { ask } from "./ask.ts";
import { everywhere } from "./everywhere.ts";
import { frame } from "./frame.ts";
import { problems } from "./problems.ts";
import { source } from "./source.ts";
import { usage } from "./usage.ts";

export const en = { everywhere, frame, problems, ask, source, usage };
