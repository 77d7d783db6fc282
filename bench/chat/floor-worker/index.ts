import { askModel, type FloorQuestion } from "../floor.ts";

/** The least that a Worker must do: embed, ask the model, pass on what it writes. */
export default {
  async fetch(request: Request): Promise<Response> {
    if (request.headers.get("content-type") !== "application/json")
      return new Response(null, { status: 400 });
    const answer = await askModel(JSON.parse(await request.text()) as FloorQuestion);
    return new Response(answer.body, { headers: { "content-type": "text/event-stream" } });
  },
};
