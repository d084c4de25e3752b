// grpc_js_client.js PROTOS SOCKET HOST CERTIFICATES: what grpc_js_test.py has a client in JavaScript do.
'use strict';

const assert = require('assert');
const fs = require('fs');
const path = require('path');
const grpc = require('@grpc/grpc-js');
const loader = require('@grpc/proto-loader');

const [protos, socket, host, certificates] = process.argv.slice(2);

const files = ['daemon', 'script', 'instance'].map((name) => `upyd/v1/${name}.proto`);
const definitions = loader.loadSync(files, {includeDirs: [protos], longs: String, enums: String, defaults: true});
const {DaemonService, InstanceService, ScriptService} = grpc.loadPackageDefinition(definitions).upyd.v1;

const read = (name) => fs.readFileSync(path.join(certificates, name));

function credentials(name) {
  const pair = name ? [read(`${name}.key`), read(`${name}.crt`)] : [null, null];
  return grpc.credentials.createSsl(read('ca.crt'), ...pair);
}

const deadline = () => ({deadline: Date.now() + 30000});

function call(client, method, request) {
  return new Promise((resolve, reject) => {
    client[method](request, new grpc.Metadata(), deadline(), (error, answer) => error ? reject(error) : resolve(answer));
  });
}

// What a script of an instance of its own prints.
function run(client, source) {
  return new Promise((resolve, reject) => {
    const pieces = [];
    const stream = client.Run({own: {}, source: Buffer.from(source)}, new grpc.Metadata(), deadline());
    stream.on('data', ({events}) => {
      for (const {output} of events) if (output) pieces.push(output.data);
    });
    stream.on('error', reject);
    stream.on('end', () => resolve(Buffer.concat(pieces).toString()));
  });
}

async function onTheUnixSocket() {
  const address = `unix:${socket}`, insecure = grpc.credentials.createInsecure();
  assert((await call(new DaemonService(address, insecure), 'GetStatus', {})).version);
  assert.strictEqual(await run(new ScriptService(address, insecure), 'print(6 * 7)'), '42\n');
}

async function byMutualTls() {
  const alice = credentials('alice');
  assert((await call(new DaemonService(host, alice), 'GetStatus', {})).version);
  const printed = await run(new ScriptService(host, alice), 'for i in range(20000): print(i)');
  assert.strictEqual(printed, Array.from({length: 20000}, (_, i) => `${i}\n`).join(''));
  const made = await call(new InstanceService(host, alice), 'CreateInstance', {name: 'hers'});
  assert.strictEqual(made.config.owner, 'certificate:alice');
}

async function whoIsNobodyIsRefused() {
  const status = (name) => call(new DaemonService(host, credentials(name)), 'GetStatus', {});
  await assert.rejects(status('eve'), {code: grpc.status.PERMISSION_DENIED});
  await assert.rejects(status(null), {code: grpc.status.UNAVAILABLE});
}

async function main() {
  for (const test of [onTheUnixSocket, byMutualTls, whoIsNobodyIsRefused]) {
    console.log(test.name);
    await test();
  }
  process.exit(0);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
