/** Takes the lock of the domain in argv[3] of the host in argv[2], says so, and holds it until it is killed. */
import path from 'node:path';
import {Directories} from '../../src/directories.ts';
import {DomainLock} from '../../src/domain-lock.ts';

const [, , root = '', domain = ''] = process.argv;
const directories = new Directories({state: path.join(root, 'state'), run: path.join(root, 'run')}, 'receiver');
const lock = DomainLock.acquire(directories, domain, {side: 'receiver', what: 'migration m1 from host-a'});
process.stdout.write(`${lock.domain} locked\n`);
setInterval(() => undefined, 60_000);
