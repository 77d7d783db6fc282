import { afterAll, beforeAll, expect, test } from "vitest";
import { failureOf, type Rig, sessionParams, startRig } from "./test-rig.ts";

let rig: Rig;

beforeAll(async () => {
  rig = await startRig();
});

afterAll(() => rig.close());

test("the same key and parameters get the first answer again", async () => {
  const create = () => rig.stripe.customers.create({ name: "A" }, { idempotencyKey: "same" });
  const first = await create();
  const second = await create();
  expect(first.lastResponse.headers).not.toHaveProperty("idempotent-replayed");
  expect(second.id).toBe(first.id);
  expect(second.lastResponse).toMatchObject({ idempotencyKey: "same", statusCode: 200 });
  expect(second.lastResponse.headers).toMatchObject({
    "idempotent-replayed": "true",
    "original-request": first.lastResponse.requestId,
  });
});

test("other parameters under the same key are refused", async () => {
  await rig.stripe.customers.create({ name: "A" }, { idempotencyKey: "other" });
  const call = rig.stripe.customers.create({ name: "B" }, { idempotencyKey: "other" });
  expect(await failureOf(call)).toMatchObject({ statusCode: 400, rawType: "idempotency_error" });
});

test("a second request while the first runs is a conflict", async () => {
  const create = () => rig.stripe.customers.create({ name: "A" }, { idempotencyKey: "race" });
  const outcomes = await Promise.allSettled([create(), create(), create()]);
  const refused = outcomes.filter((outcome) => outcome.status === "rejected");
  expect(refused.map(({ reason }) => reason.statusCode)).toEqual([409, 409]);
  expect(refused[0]?.reason.code).toBe("idempotency_key_in_use");
});

test("errors are remembered, but not a refusal of the parameters", async () => {
  const options = { idempotencyKey: "error" };
  const create = (more: object) =>
    rig.stripe.checkout.sessions.create({ ...sessionParams("cus_none"), ...more }, options);
  expect(await failureOf(create({ colour: "red" }))).toMatchObject({ code: "parameter_unknown" });
  expect(await failureOf(create({}))).toMatchObject({ code: "resource_missing" });
  const replayed = await failureOf(create({}));
  expect(replayed).toMatchObject({ code: "resource_missing", statusCode: 400 });
  expect(replayed.headers).toMatchObject({ "idempotent-replayed": "true" });
});

test("the calls received are there to be looked at", async () => {
  await rig.stripe.customers.create({ name: "Seen" }, { idempotencyKey: "seen" });
  const calls = await rig.control<object[]>("/requests");
  expect(calls.at(-1)).toEqual({
    method: "POST",
    path: "/v1/customers",
    idempotency_key: "seen",
    params: { name: "Seen" },
  });
});
