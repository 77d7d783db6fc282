import { data } from "@remix-run/cloudflare";
import { useMessages } from "../i18n/messages.ts";

export function loader() {
  return data(null, { status: 404 });
}

export default function NotFoundRoute() {
  const t = useMessages();
  return (
    <main className="workspace-failure">
      <h1>{t.notFoundTitle}</h1>
      <a href="/">{t.backHome}</a>
    </main>
  );
}
