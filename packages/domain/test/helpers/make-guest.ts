import process from 'node:process';
import {driverFor, type GuestPlace, type WorkloadDefinition} from '@sterna/domain';

// Makes a guest and ends, as a daemon that is stopped: run by a test.
const {definition, place} = JSON.parse(process.argv[2] ?? '') as {definition: WorkloadDefinition; place: GuestPlace};
console.log(JSON.stringify(await driverFor('workload').create(definition, place, {paused: false})));
process.exit(0);
