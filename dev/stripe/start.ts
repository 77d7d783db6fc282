import type { Account, PriceOption } from "./account.ts";
import { createApp } from "./app.ts";
import { createCourier, type Webhook } from "./delivery.ts";
import { resumeDeliveries } from "./events.ts";
import { serve } from "./serve.ts";
import { openState } from "./state.ts";

export type StripeServer = {
  /** `http://127.0.0.1:<port>`; the SDK takes it as host, port and protocol */
  url: string;
  close(): Promise<void>;
};

export type StripeServerOptions = {
  /** 0 takes a free port */
  port: number;
  /** Where everything is kept over restarts; null keeps it in memory */
  stateFile: string | null;
  /** Where events go. With `url: null` they are signed for `POST /_control/events` alone. */
  webhook: Webhook | null;
  /** What `Authorization: Bearer` must carry */
  secretKey: string;
  price: PriceOption;
};

/**
 * Starts a stand-in for Stripe's API, webhooks and hosted pages, on 127.0.0.1 only.
 *
 * @throws Error when the port is taken or the state file can't be read
 */
export async function startStripeServer(options: StripeServerOptions): Promise<StripeServer> {
  const state = openState(options.stateFile);
  const courier = createCourier(options.webhook, state.save);
  const account: Account = { ...state, price: options.price, courier, url: "" };
  const server = await serve(createApp(account, options.secretKey).fetch, options.port);
  account.url = `http://127.0.0.1:${server.port}`;
  resumeDeliveries(account);
  return {
    url: account.url,
    close: async () => {
      await Promise.all([courier.close(), server.close()]);
      await account.save();
    },
  };
}
