import { data } from "@remix-run/cloudflare";
import { useTranslation } from "react-i18next";
import { ProblemPage } from "../components/problem-page.tsx";
import { pageTitle } from "../frame/page-title.ts";

export const meta = pageTitle("notFound");

export function loader() {
  return data(null, { status: 404 });
}

export default function NotFoundRoute() {
  const { t } = useTranslation();
  return <ProblemPage title={t("notFoundTitle")} hint={t("notFoundHint")} />;
}
