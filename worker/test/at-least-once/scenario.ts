import type { Deployment } from "./deployment.ts";
import type { Ending } from "./kill-points.ts";

/**
 * A journey that must come to the same end whatever happens on the way. `prepare`: what was there before, undisturbed.
 * `start`: what a client asks for; its requests are tried again once, as clients do. `state`: what is compared.
 * `clean`: what must be in the state of an undisturbed run, which proves that something happened at all.
 */
export type Scenario<Prepared = unknown> = {
  name: string;
  /** The endings that each call is given in turn. */
  endings: Ending[];
  /** Of calls that differ in names alone only the first and the last are killed: where the tables are many. */
  alike?: boolean;
  prepare(at: Deployment): Promise<Prepared>;
  start(at: Deployment, prepared: Prepared): Promise<void>;
  state(at: Deployment): Promise<unknown>;
  clean: object;
};
