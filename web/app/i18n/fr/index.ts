import { ask } from "./ask.ts";
import { common } from "./common.ts";
import { frame } from "./frame.ts";
import { library } from "./library.ts";
import { problems } from "./problems.ts";
import { source } from "./source.ts";
import { usage } from "./usage.ts";

export const fr = { common, frame, problems, ask, source, library, usage };
