import { join } from "node:path";
import { expect, test } from "vitest";
import { unstable_readConfig as readConfig } from "wrangler";
import { queueOf } from "../worker/env.ts";
import { ROOT } from "./local-config.ts";

const DEPLOYED = ["staging", "production"];

function configOf(env?: string) {
  return readConfig({ config: join(ROOT, "wrangler.toml"), env });
}
type Config = ReturnType<typeof configOf>;

/** Names of all that the Worker finds in its `env`, with what must be the same everywhere. */
function bindingsOf(config: Config) {
  return {
    r2: config.r2_buckets.map(({ binding }) => binding),
    vectorize: config.vectorize.map(({ binding }) => binding),
    producers: config.queues.producers?.map(({ binding, queue }) => [binding, queueOf(queue)]),
    consumers: config.queues.consumers?.map(
      ({ queue, dead_letter_queue: dead, max_concurrency: _its, ...settings }) => [
        queueOf(queue),
        dead && queueOf(dead),
        settings,
      ],
    ),
    rates: config.ratelimits.map(({ name, simple }) => [name, simple]),
    objects: config.durable_objects.bindings.map(({ name, class_name }) => [name, class_name]),
    migrations: config.migrations,
    vars: Object.keys(config.vars).sort(),
    assets: config.assets?.binding,
    crons: config.triggers.crons,
    limits: config.limits,
    placement: config.placement,
  };
}

/** Names of what lies in the account: an environment that shared one would share its data. */
function accountNames(config: Config): string[] {
  return [
    config.name ?? "",
    ...config.r2_buckets.map(({ bucket_name }) => bucket_name ?? ""),
    ...(config.queues.consumers ?? []).map(({ queue }) => queue),
    ...config.vectorize.map(({ index_name }) => index_name),
    ...config.ratelimits.map(({ namespace_id }) => namespace_id),
  ];
}

test.each(DEPLOYED)("%s has every binding that runs locally", (environment) => {
  const config = configOf(environment);
  expect(bindingsOf(config)).toEqual(bindingsOf(configOf()));
  expect(config.vars.ENVIRONMENT).toBe(environment);
});

test("the environments share nothing that holds data", () => {
  const [staging = [], production = []] = DEPLOYED.map((environment) => accountNames(configOf(environment)));
  expect(staging.filter((name) => production.includes(name))).toEqual([]);
});

test("a deployment without an environment replaces neither", () => {
  const names = DEPLOYED.map((environment) => configOf(environment).name);
  expect(names).not.toContain(configOf().name);
});

test("a queue that the Worker doesn't know is refused by name", () => {
  expect(() => queueOf("ancre-ingest-prod")).toThrow(/ancre-ingest-prod/);
});
