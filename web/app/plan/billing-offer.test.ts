import { expect, test } from "vitest";
import { billingOffer } from "./billing-offer.ts";

test("Pro is sold on Free alone, and never over a subscription that runs", () => {
  expect(billingOffer({ plan: "free", status: null })).toBe("upgrade");
  expect(billingOffer({ plan: "free", status: "canceled" })).toBe("upgrade");
  expect(billingOffer({ plan: "free", status: "incomplete" })).toBe("upgrade");
  expect(billingOffer({ plan: "pro", status: "active" })).toBe("manage");
  expect(billingOffer({ plan: "pro", status: "past_due" })).toBe("manage");
  expect(billingOffer({ plan: "free", status: "past_due" })).toBe("manage");
  expect(billingOffer({ plan: "free", status: "unpaid" })).toBe("manage");
});

test("Pro that was never bought here has nothing to manage", () => {
  expect(billingOffer({ plan: "pro", status: null })).toBe("none");
});
