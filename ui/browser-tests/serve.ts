import type { TestProject } from 'vitest/node';
import { preview } from 'vite';

declare module 'vitest' {
  export interface ProvidedContext {
    origin: string;
  }
}

/** Serves the built page on a free port of this computer alone. */
export default async function serve(project: TestProject) {
  const server = await preview({ logLevel: 'error', preview: { host: '127.0.0.1', port: 0 } });
  const address = server.httpServer.address();
  if (typeof address === 'string' || address === null) throw new Error('no address');
  project.provide('origin', `http://127.0.0.1:${address.port}`);
  return () => server.close();
}
