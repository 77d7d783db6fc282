import { expect, test } from "vitest";
import { deploy } from "./hand-turned.ts";

test("a sweep that fails is told of once the others have done their work", async () => {
  const at = await deploy();
  const id = await at.upload("# Cellar\n\nKept at twelve degrees all year round.");
  const away = async () => {
    throw new Error("R2 is away");
  };
  const broken = await deploy({ FILES: { get: away, list: away } }, at);
  await expect(broken.sweep()).rejects.toThrow("R2 is away");
  expect(broken.queue).toContainEqual({ v: 1, tenant_id: at.tenantId, document_id: id });
});
