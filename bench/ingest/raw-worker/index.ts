import { extractText } from "unpdf";

/** The least that reads a PDF in a Worker: all of its text at once, and nothing kept. */
export default {
  async fetch(request: Request): Promise<Response> {
    const { totalPages } = await extractText(new Uint8Array(await request.arrayBuffer()));
    return Response.json({ pages: totalPages });
  },
};
