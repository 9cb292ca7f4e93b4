// Host names without a network: a proxy that every engine asks for them, and the nginx configuration that
// we ship, with certificates made here. So origins are what they are in real life: names, TLS, no port.
// It needs no rights and changes nothing of the machine.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { freePort } from '../world.mjs';

/** The names in deploy/nginx.conf. */
export const APP = 'app.pulse.example.org';
export const BALLOT = 'ballot.pulse.example.org';
/** A site that has nothing to do with us. */
export const FOREIGN = 'cakes.example.com';

/** Why there can be no host names here; `undefined` if there can. */
export function missing() {
  for (const [program, flag] of [['nginx', '-v'], ['openssl', 'version']]) {
    if (spawnSync(program, [flag]).error) return `${program} is not there`;
  }
  return undefined;
}

/** A self-signed certificate for `name`; returns the files' common path. */
function certificate(folder, name) {
  const path = join(folder, name);
  const made = spawnSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2', '-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`, '-keyout', `${path}.key`, '-out', `${path}.pem`], { encoding: 'utf8' });
  assert.equal(made.status, 0, made.stderr);
  return path;
}

/**
 * Puts both hosts before a program that listens on these ports, and a foreign site that serves `cakes`, HTML
 * by path. Returns the address of the proxy, which other hosts were asked for, and what takes the network away
 * from every browser (`cut`) and gives it back (`mend`). `broken`: scripts arrive as something that no browser
 * can read, as a new script is to an old one.
 */
export async function hosts(folder, { app, ballot }, cakes = {}, { broken = false } = {}) {
  const listen = { [APP]: await freePort(), [BALLOT]: await freePort(), [FOREIGN]: await freePort() };
  let sites = readFileSync(new URL('../../../deploy/nginx.conf', import.meta.url), 'utf8');
  for (const name of [APP, BALLOT]) {
    const start = sites.indexOf(`server_name ${name};`);
    assert.ok(start > 0, `deploy/nginx.conf has no ${name}`);
    const from = sites.lastIndexOf('listen 443 ssl', start);
    sites = `${sites.slice(0, from)}listen 127.0.0.1:${listen[name]} ssl${sites.slice(from + 'listen 443 ssl'.length)}`;
    sites = sites.replaceAll(`/etc/ssl/${name}`, certificate(folder, name));
  }
  sites = sites.replaceAll('http://127.0.0.1:8080', `http://127.0.0.1:${app}`).replaceAll('http://127.0.0.1:8081', `http://127.0.0.1:${ballot}`);
  if (broken) sites = sites.replaceAll('    location / {', '    location ~ \\.js$ { default_type text/javascript; return 200 "let = ("; }\n    location / {');
  const plain = await site(cakes);
  const cake = certificate(folder, FOREIGN);
  sites += `server { listen 127.0.0.1:${listen[FOREIGN]} ssl; server_name ${FOREIGN}; ssl_certificate ${cake}.pem; ssl_certificate_key ${cake}.key; location / { proxy_pass http://127.0.0.1:${plain.address().port}; } }\n`;
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((it) => `${it}_temp_path ${folder}/${it};`).join('\n');
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, `worker_processes 1;\npid ${folder}/nginx.pid;\nerror_log ${folder}/nginx.err;\ndaemon off;\nevents {}\nhttp {\naccess_log off;\n${temporary}\n${sites}\n}\n`);
  const nginx = spawn('nginx', ['-c', file, '-p', folder], { stdio: ['ignore', 'ignore', 'pipe'] });
  let complaint = '';
  nginx.stderr.on('data', (text) => { complaint += text; });
  for (let tries = 0; !(await answers(listen[BALLOT])); tries += 1) {
    assert.ok(tries < 100 && nginx.exitCode === null, `nginx did not come up: ${complaint}`);
    await new Promise((go) => { setTimeout(go, 50); });
  }

  const elsewhere = new Set();
  const sockets = new Set();
  let whole = true;
  const cut = () => { whole = false; for (const socket of sockets) socket.destroy(); };
  const mend = () => { whole = true; };
  const proxy = createServer((_, response) => { response.writeHead(403).end(); });
  proxy.on('connect', (request, client, head) => {
    if (!whole) { client.destroy(); return; }
    const [name, port] = request.url.split(':');
    const to = port === '443' ? listen[name] : undefined;
    if (to === undefined) { elsewhere.add(request.url); client.end('HTTP/1.1 403 Forbidden\r\n\r\n'); return; }
    const upstream = connect(to, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.write(head);
      upstream.pipe(client);
      client.pipe(upstream);
    });
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('close', () => { sockets.delete(socket); client.destroy(); upstream.destroy(); });
      socket.on('error', () => undefined);
    }
  });
  await new Promise((go) => { proxy.listen(0, '127.0.0.1', go); });
  const end = async () => {
    for (const socket of sockets) socket.destroy();
    proxy.close();
    plain.close();
    plain.closeAllConnections();
    const gone = new Promise((done) => { nginx.once('exit', done); });
    nginx.kill('SIGTERM');
    await gone;
  };
  return { proxy: `http://127.0.0.1:${proxy.address().port}`, elsewhere, cut, mend, end };
}

/** Pages that have no policy of any kind. */
async function site(pages) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://site');
    const page = pages[pathname];
    response.writeHead(page === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' }).end(page ?? '');
  });
  await new Promise((go) => { server.listen(0, '127.0.0.1', go); });
  return server;
}

const answers = (port) => new Promise((done) => {
  const it = connect(port, '127.0.0.1', () => { it.end(); done(true); }).on('error', () => done(false));
});
