import { AsyncLocalStorage } from "node:async_hooks";

/**
 * How a call to the outside ends. `before`: it fails and had no effect. `after`: it had its effect, and the caller never
 * learned. The two deaths are the same, and nothing comes after them: the consumer is gone.
 */
export type Ending = "before" | "after" | "death before" | "death after";

/** Thrown in the place of a call's answer. */
export class Killed extends Error {
  override readonly name = "Killed";
}

/** Which call is killed: the one of that number, from 1, or every one that sends something like this. */
export type Kill = { at: number | RegExp; ending: Ending };

type Run = { calls: number; kill: Kill | null; dead: boolean };

const runs = new AsyncLocalStorage<Run>();

/** Runs `work` with a call of it killed, counting on from the calls in `counter`. */
export async function withKill<T>(
  counter: { calls: number },
  kill: Kill | null,
  work: () => Promise<T>,
): Promise<T> {
  const run: Run = { calls: counter.calls, kill, dead: false };
  try {
    return await runs.run(run, work);
  } finally {
    counter.calls = run.calls;
  }
}

/** A call to the outside: passes, unless it is the one. `sent`: what it sends, as far as that is text. */
export async function throughKillPoint<T>(call: () => Promise<T>, sent: string): Promise<T> {
  const run = runs.getStore();
  if (!run) return call();
  if (run.dead) throw new Killed("nothing comes after death");
  run.calls++;
  const { at, ending } = run.kill ?? { at: 0, ending: "before" };
  if (typeof at === "number" ? at !== run.calls : !at.test(sent)) return call();
  run.dead = ending.startsWith("death");
  if (ending.endsWith("after")) await call();
  throw new Killed(`call ${run.calls}, ${ending}`);
}

/** `fetch` with kill points: the database and the models are reached through it. Gives what undoes it. */
export function killableFetch(): () => void {
  const real = globalThis.fetch;
  globalThis.fetch = ((input, init) =>
    runs.getStore()
      ? throughKillPoint(async () => {
          const answer = await real(input, init);
          // Whole, so that its effect is over and nothing of it is still on its way.
          return new Response(await answer.arrayBuffer(), answer);
        }, `${input} ${init?.body}`)
      : real(input, init)) as typeof fetch;
  return () => {
    globalThis.fetch = real;
  };
}

/** Every method of a binding with kill points. */
export function killable<T extends object>(binding: T): T {
  return new Proxy(binding, {
    get(target, name) {
      const member = Reflect.get(target, name) as unknown;
      if (typeof member !== "function") return member;
      return (...args: unknown[]) =>
        throughKillPoint(async () => (await Reflect.apply(member, target, args)) as unknown, String(name));
    },
  });
}
