import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createDeployment } from "./deployment.ts";
import { type Kill, killableFetch, killPoints } from "./kill-points.ts";
import type { Scenario } from "./scenario.ts";
import { untilFinal } from "./steps.ts";

/** For a file's tests: every call to the outside can be killed, and of those that are no error is shown. */
export function killCalls(): void {
  const restore: Array<() => void> = [];
  beforeAll(() => {
    restore.push(killableFetch());
    // Every killed call is logged, as it should be.
    const silenced = vi.spyOn(console, "error").mockImplementation(() => {});
    restore.push(() => silenced.mockRestore());
  });
  afterAll(() => {
    for (const undo of restore) undo();
  });
}

/** Runs a scenario to its end with one call killed, and says what there is then and what its calls sent. */
async function play(scenario: Scenario, kill: Kill | null) {
  const at = await createDeployment();
  const prepared = await scenario.prepare(at);
  at.arm(kill);
  await scenario.start(at, prepared);
  await untilFinal(at);
  const { sent } = at;
  at.arm(null);
  return { sent, state: await scenario.state(at) };
}

/** One test for each of the scenarios, which are spread over files so that they can run at the same time. */
export function testScenarios(...scenarios: Scenario[]): void {
  killCalls();
  test.each(scenarios.map((scenario) => [scenario.name, scenario] as const))(
    "%s, whichever call to the outside fails or is the last of a dying consumer",
    async (_, scenario) => {
      const clean = await play(scenario, null);
      expect(clean.state).toMatchObject(scenario.clean);
      expect(clean.sent.length).toBeGreaterThan(5);
      for (const ending of scenario.endings) {
        for (const at of killPoints(clean.sent, ending, scenario.alike)) {
          const { state } = await play(scenario, { at, ending });
          expect(state, `call ${at} of ${clean.sent.length}, ${ending}`).toEqual(clean.state);
        }
      }
    },
    600_000,
  );
}
