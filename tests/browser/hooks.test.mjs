// Webhooks of the running program, as the libraries of Standard Webhooks verify them (npm: standardwebhooks).

import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Webhook } from 'standardwebhooks';
import { installation, moment } from './world.mjs';

const secret = `whsec_${Buffer.from('thirty-two bytes of no secret at').toString('base64')}`;
const arrived = [];
/** Connections that spoke something else than HTTP: TLS, say. */
let knocks = 0;
let receiver;
let world;

before(async () => {
  receiver = createServer((request, answer) => {
    let body = '';
    request.on('data', (part) => { body += part; });
    request.on('end', () => {
      arrived.push({ path: request.url, headers: request.headers, body });
      if (request.url === '/moved') answer.writeHead(302, { location: '/secret-place' }).end();
      else answer.writeHead(204).end();
    });
  });
  receiver.on('clientError', (_, socket) => { knocks += 1; socket.destroy(); });
  await new Promise((up) => receiver.listen(0, '127.0.0.1', up));
  const { port } = receiver.address();
  world = await installation('localhost', (run, folder) => {
    const hook = (name, url, more = '') => `[[hooks]]\nname = "${name}"\nkind = "webhook"\nsecret = "${secret}"\nurl = "${url}"\n${more}\n`;
    appendFileSync(join(folder, 'tideline.toml'), [
      '[jobs]\nevery_seconds = 1\n',
      hook('Büro', `http://127.0.0.1:${port}/office`, 'private = true'),
      hook('moved', `http://127.0.0.1:${port}/moved`, 'private = true'),
      // The name is one of the public internet as far as anybody can see; what it means is this machine.
      hook('nearby', `https://localhost:${port}/nearby`),
    ].join(''));
    run('wave', 'open', '--label', 'now', '--opens', moment(-1000), '--closes', moment(3_600_000));
  });
});

after(async () => {
  await world?.end();
  receiver?.close();
});

test('a receiver that uses the library believes what it is told, and nothing that was changed', async () => {
  for (let tries = 0; !(arrived.some((it) => it.path === '/office') && arrived.some((it) => it.path === '/moved')) && tries < 300; tries += 1) {
    await new Promise((go) => setTimeout(go, 100));
  }
  const told = arrived.find((it) => it.path === '/office');
  assert.ok(told, 'a hook whose name is not ASCII is told');
  const library = new Webhook(secret);
  const event = library.verify(told.body, told.headers);
  assert.equal(event.type, 'wave.opened');
  assert.equal(event.data.label, 'now');
  assert.throws(() => library.verify(told.body.replace('now', 'new'), told.headers));
  assert.throws(() => library.verify(told.body, { ...told.headers, 'webhook-id': 'another' }));
  assert.throws(() => new Webhook(`whsec_${Buffer.alloc(32).toString('base64')}`).verify(told.body, told.headers));
  assert.match(told.headers['webhook-id'], /^[\x21-\x7e]+$/);
  assert.ok(!arrived.some((it) => it.path === '/secret-place'), 'a redirect is not followed');
  assert.equal(knocks, 0, 'an address of this machine is not asked unless the settings say so');
});
