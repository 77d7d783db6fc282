import { expect, test } from "vitest";
import { createLanes } from "./lanes.ts";

test("no more tasks run at once than there are lanes, and a failed one frees its lane", async () => {
  const run = createLanes(2);
  let running = 0;
  let most = 0;
  const results = await Promise.allSettled(
    [1, 2, 3, 4, 5].map((n) =>
      run(async () => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setTimeout(resolve, 1));
        running -= 1;
        if (n === 2) throw new Error("no");
        return n;
      }),
    ),
  );
  expect(most).toBe(2);
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(4);
});
