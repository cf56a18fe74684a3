import { Agent, request } from 'node:http';

/**
 * Sends one query repeatedly until its input ends, and then prints how long each response took, in milliseconds.
 * In a process of its own: a sender of hostile requests would delay it too.
 */
const [url = '', query = ''] = process.argv.slice(2);
const body = JSON.stringify({ query });
const headers = { 'content-type': 'application/json', 'content-length': body.length };
const agent = new Agent({ keepAlive: true });

function send(): Promise<number> {
  return new Promise((resolve, reject) => {
    const begun = performance.now();
    const sent = request(url, { method: 'POST', headers, agent }, (reply) => {
      reply.resume();
      reply.on('end', () => {
        if (reply.statusCode === 200) resolve(performance.now() - begun);
        else reject(new Error(`the control query was answered with ${reply.statusCode}`));
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

let isGoing = true;
process.stdin.resume();
process.stdin.on('end', () => (isGoing = false));
const took: number[] = [];
while (isGoing) took.push(await send());
agent.destroy();
console.log(JSON.stringify(took));
