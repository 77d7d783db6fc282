import { expect, test } from "vitest";
import { releaseSteps } from "./release.ts";

test("the database is migrated as its owner, before the Worker that needs it is deployed", () => {
  const steps = releaseSteps("production", false, { MIGRATION_DATABASE_URL: "postgres://owner@db/ancre" });
  const titles = steps.map(({ title }) => title);
  expect(titles).toEqual([
    "Build the dashboard",
    "Migrate the database",
    "Deploy the Worker",
    "Deploy the dashboard",
  ]);
  expect(steps[1]).toMatchObject({
    needs: ["MIGRATION_DATABASE_URL"],
    variables: { DATABASE_URL: "postgres://owner@db/ancre" },
  });
});

test.each([
  ["staging", "staging"],
  ["production", "main"],
])("%s is deployed as itself, its dashboard from the branch %s", (environment, branch) => {
  const commands = releaseSteps(environment, false, {}).map(({ command }) => command.join(" "));
  expect(commands).toContain(`npx wrangler deploy --env ${environment}`);
  expect(commands.at(-1)).toMatch(new RegExp(`--branch ${branch}$`));
});

test("a dry run touches neither the database nor the account", () => {
  const steps = releaseSteps("staging", true, {});
  expect(steps.flatMap(({ needs }) => needs)).toEqual([]);
  for (const { command } of steps) {
    expect(command.join(" ")).toMatch(/--dry-run$|run build/);
  }
});

test("an environment that isn't deployed is refused by name", () => {
  expect(() => releaseSteps("prod", false, {})).toThrow("--env is one of staging, production");
});
