import { once } from "node:events";
import { createServer } from "node:http";
import { createStuffDocumentsChain } from "@langchain/classic/chains/combine_documents";
import { createHistoryAwareRetriever } from "@langchain/classic/chains/history_aware_retriever";
import { MemoryVectorStore } from "@langchain/classic/vectorstores/memory";
import { AIMessage, HumanMessage } from "@langchain/core/messages";
import { StringOutputParser } from "@langchain/core/output_parsers";
import { ChatPromptTemplate, MessagesPlaceholder } from "@langchain/core/prompts";
import { ChatOpenAI, OpenAIEmbeddings } from "@langchain/openai";
import { RecursiveCharacterTextSplitter } from "@langchain/textsplitters";
import { manual } from "../chat/library.ts";
import { DIMENSIONS, MODELS } from "../chat/upstream-calls.ts";

// A retrieval server as LangChain.js' own guides write it. Its vectors are in its memory: no trip to a database, and no
// tenants, quotas, persistence or verified quotes. `POST /lean` takes a question; `POST /history` also what was said.
const CHUNK_SIZE = 900;
/** Passages in a prompt, as many as Ancre's assistants take. */
const PASSAGES = 8;
const RULES =
  "Answer only from the passages. After each sentence put the number of the passage it rests on, like [2].\n\n{context}";

const upstream = { apiKey: "none", configuration: { baseURL: process.env.OPENAI_BASE_URL } };
const llm = new ChatOpenAI({ model: MODELS.answer, temperature: 0, ...upstream });
const rephraser = new ChatOpenAI({ model: MODELS.rephrase, temperature: 0, ...upstream });
const embeddings = new OpenAIEmbeddings({ model: MODELS.embedding, dimensions: DIMENSIONS, ...upstream });

const splitter = RecursiveCharacterTextSplitter.fromLanguage("markdown", {
  chunkSize: CHUNK_SIZE,
  chunkOverlap: 0,
});
const documents = await splitter.createDocuments([manual()]);
const store = await MemoryVectorStore.fromDocuments(documents, embeddings);
const retriever = store.asRetriever(PASSAGES);

const leanPrompt = ChatPromptTemplate.fromMessages([
  ["system", RULES],
  ["human", "{input}"],
]);
const leanChain = leanPrompt.pipe(llm).pipe(new StringOutputParser());

async function* answerLean({ question }) {
  const found = await retriever.invoke(question);
  const context = found.map(({ pageContent }, at) => `[${at + 1}] ${pageContent}`).join("\n\n");
  yield* await leanChain.stream({ context, input: question });
}

const historyRetriever = await createHistoryAwareRetriever({
  llm: rephraser,
  retriever,
  rephrasePrompt: ChatPromptTemplate.fromMessages([
    new MessagesPlaceholder("chat_history"),
    ["human", "{input}"],
    ["human", "Write the question above so that it can be understood alone. Write nothing else."],
  ]),
});
const historyChain = await createStuffDocumentsChain({
  llm,
  prompt: ChatPromptTemplate.fromMessages([
    ["system", RULES],
    new MessagesPlaceholder("chat_history"),
    ["human", "{input}"],
  ]),
});

// By hand what createRetrievalChain does: in @langchain/classic 1.0.50 it hands a history-aware retriever the bare question.
async function* answerWithHistory({ question, history }) {
  const chat_history = history.flatMap((turn) => [
    new HumanMessage(turn.question),
    new AIMessage(turn.answer),
  ]);
  const context = await historyRetriever.invoke({ input: question, chat_history });
  yield* await historyChain.stream({ context, input: question, chat_history });
}

const ROUTES = { "/lean": answerLean, "/history": answerWithHistory };

const server = createServer(async (request, response) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  const answer = ROUTES[request.url]?.(JSON.parse(Buffer.concat(parts).toString("utf8")));
  if (!answer) return response.writeHead(404).end();
  response.writeHead(200, { "content-type": "text/event-stream" });
  try {
    for await (const text of answer) {
      if (text !== "") response.write(`data: ${JSON.stringify({ text })}\n\n`);
    }
    response.end("data: [DONE]\n\n");
  } catch (error) {
    response.end(`event: error\ndata: ${JSON.stringify({ detail: String(error) })}\n\n`);
  }
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
process.on("message", () => process.exit());
process.on("disconnect", () => process.exit());
process.send?.({ url: `http://127.0.0.1:${server.address().port}`, chunks: documents.length });
