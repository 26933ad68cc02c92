import { api } from '../shared/api/api.ts';
import { openApi } from '../shared/api/openapi.ts';

/** `GET /v1/openapi.json`: the API described, for whatever host it was asked at. */
export const handler = api(async () => ({ status: 200, body: openApi('/') }), { query: [] });
