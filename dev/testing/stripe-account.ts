/** The test account of Stripe's stand-in. */
export const STRIPE = {
  secretKey: "sk_test_ancre_tests",
  webhookSecret: "whsec_ancre_tests",
  price: { id: "price_tests", unitAmount: 4_900, currency: "eur" },
};
