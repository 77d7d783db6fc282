import { saveFile } from "../components/save-file.ts";
import { callApi } from "./client.ts";
import { rethrowUnreachable } from "./problem.ts";

/**
 * Has the browser save a document's file under the name it came by: that of a version, or of the one that is read. By
 * a call, since a link would neither say which workspace nor why there is no file.
 *
 * @throws ApiProblem `not_found` where that version's file isn't kept
 */
export async function downloadDocument(id: string, version: number | null = null): Promise<void> {
  const suffix = version === null ? "" : `?version=${version}`;
  const response = await callApi(`/documents/${id}/content${suffix}`);
  const [, encoded = ""] =
    /filename\*=UTF-8''([^;]+)/.exec(response.headers.get("Content-Disposition") ?? "") ?? [];
  saveFile(decodeURIComponent(encoded), await response.blob().catch(rethrowUnreachable));
}
