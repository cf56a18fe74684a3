import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import {
  type CryptoKey,
  exportJWK,
  generateKeyPair,
  type JWK,
  type JWTPayload,
  SignJWT,
} from 'jose';

/** An OpenID provider of our own on 127.0.0.1: its discovery document, its keys, its tokens. */
export class TokenIssuer {
  /** How often its keys were requested. */
  keyRequests = 0;
  /** A false issuer in its discovery document; null: the true one. */
  namesItself: string | null = null;
  /** Sends no response while this is set. */
  silent = false;
  private keys: { readonly jwk: JWK; readonly key: CryptoKey }[] = [];
  private server: Server | null = null;
  private port = 0;

  get issuer(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    this.server = createServer((request, response) => {
      if (this.silent) return;
      const body = this.bodyFor(request.url ?? '');
      response.writeHead(body ? 200 : 404, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    });
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    ({ port: this.port } = this.server.address() as AddressInfo);
  }

  async stop(): Promise<void> {
    const { server } = this;
    this.server = null;
    if (!server) return;
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  }

  /** Signs with a new key from now on; earlier keys are withdrawn unless `keep`. */
  async changeKey(alg = 'RS256', { keep = false, named = true } = {}): Promise<void> {
    const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
    const kid = `key-${Date.now()}-${this.keys.length}`;
    const jwk = { ...(await exportJWK(publicKey)), alg, ...(named && { kid }) };
    this.keys = [{ jwk, key: privateKey }, ...(keep ? this.keys : [])];
  }

  /** A token of a person; `claims` that are undefined are left out. */
  async token(claims: JWTPayload = {}, { by = 0 } = {}): Promise<string> {
    const signer = this.keys[by];
    if (!signer) throw new Error('There is no such key');
    const { alg = '', kid } = signer.jwk;
    const now = Math.floor(Date.now() / 1000);
    const defaults = { iss: this.issuer, aud: 'gateway', sub: 'u1', iat: now, exp: now + 300 };
    return new SignJWT({ ...defaults, ...claims })
      .setProtectedHeader({ alg, ...(kid !== undefined && { kid }) })
      .sign(signer.key);
  }

  private bodyFor(path: string): object | null {
    if (path === '/.well-known/openid-configuration') {
      return { issuer: this.namesItself ?? this.issuer, jwks_uri: `${this.issuer}/keys` };
    }
    if (path !== '/keys') return null;
    this.keyRequests += 1;
    return { keys: this.keys.map(({ jwk }) => jwk) };
  }
}
