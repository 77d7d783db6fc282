import { ConfigurationError, parseEnv } from "../../worker/env.ts";
import { type Check, type Finding, ok, wrong } from "./finding.ts";

/** What the platform hands over; that it does is for the check of the account. */
const BINDINGS = {
  FILES: {},
  INGEST_QUEUE: {},
  IMPORT_QUEUE: {},
  ASSETS: {},
  ANSWERS: {},
  API_RATE_LIMIT: {},
  MODEL_RATE_LIMIT: {},
  VECTORS: {},
};

/** The variables as the Worker itself reads them: what it would refuse to start with. */
export const configuration: Check = {
  name: "Configuration",
  async run(variables) {
    try {
      const { ENVIRONMENT: environment } = parseEnv({ ...set(variables), ...BINDINGS });
      return [ok(`the variables agree, for ${environment}`)];
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      return error.message
        .replace("Ancre can't start: ", "")
        .split("; ")
        .map((fault) => fault.replace(/Invalid input: expected \w+, received undefined/, "is missing"))
        .map((fault): Finding => wrong(fault, "docs/deploy.md says where each variable comes from."));
    }
  },
};

function set(variables: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) => (value ? [[name, value] as const] : [])),
  );
}
