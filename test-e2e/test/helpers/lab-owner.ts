/** A program that starts a lab with a detached process in it, prints both and waits to be killed. */
import {spawn} from 'node:child_process';
import {Lab} from '../../src/lab/lab.ts';

const lab = await Lab.start({hosts: ['host-a'], startDaemons: false});
const guest = spawn('sleep', ['1000'], {detached: true, stdio: 'ignore', env: {...process.env, STERNA_LAB: lab.id}});
console.log(JSON.stringify({directory: lab.directory, pid: guest.pid}));
setInterval(() => {}, 1000);
