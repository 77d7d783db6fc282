/** The API answers under the dashboard's own origin: no CORS, and the session cookie comes along. */
export const onRequest: PagesFunction<{ API: Fetcher }> = ({ request, env }) => env.API.fetch(request);
