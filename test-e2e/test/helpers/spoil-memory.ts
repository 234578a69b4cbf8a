/** A `before-go` hook that turns one bit of the target's memory, past everything, and then compares both memories as the real one does. */
import {spawnSync} from 'node:child_process';
import {closeSync, openSync, readFileSync, readSync, writeSync} from 'node:fs';
import path from 'node:path';
import {text} from 'node:stream/consumers';
import {guestMemoryPath} from '../../src/hash-memory.ts';
import {LAB_DIRECTORY_VARIABLE} from '../../src/lab/reaper.ts';

/** Somewhere in the middle of a guest of 32 MiB. */
const SPOILT_OFFSET = 20_000_001;

const input = await text(process.stdin);
const {domain, peer} = JSON.parse(input) as {readonly domain: string; readonly peer: string};
const record = path.join(process.env[LAB_DIRECTORY_VARIABLE] ?? '', peer, 'state/domains', domain, 'domain.json');
const {handle} = JSON.parse(readFileSync(record, 'utf8')) as {readonly handle: {readonly pid: number}};
const fd = openSync(guestMemoryPath(handle.pid), 'r+');
const byte = Buffer.alloc(1);
readSync(fd, byte, 0, 1, SPOILT_OFFSET);
byte.writeUInt8(byte.readUInt8() ^ 1);
writeSync(fd, byte, 0, 1, SPOILT_OFFSET);
closeSync(fd);

const hook = path.join(import.meta.dirname, '../../src/memory-hook/compare-memory.ts');
const {status} = spawnSync(process.execPath, [hook], {input, stdio: ['pipe', 'inherit', 'inherit']});
process.exitCode = status ?? 1;
