import process from 'node:process';
import {QemuHelper} from '../../../src/drivers/qemu/helper/helper-client.ts';

// Starts a helper and never asks it.
QemuHelper.start();
console.log('started');
process.stdin.resume();
