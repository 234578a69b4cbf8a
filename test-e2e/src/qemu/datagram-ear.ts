/** The process behind `DatagramListener`: says `ready`, then `NANOSECONDS TEXT` for each datagram at the port that is its argument. Ends with its standard input. */
import {createSocket} from 'node:dgram';

const socket = createSocket({type: 'udp4', recvBufferSize: 4 * 1024 * 1024});
socket.on('message', bytes => {
	const ns = process.hrtime.bigint();
	console.log(`${ns} ${bytes.toString('latin1')}`);
});
socket.bind(Number(process.argv[2]), () => console.log('ready'));
process.stdin.on('end', () => socket.close()).resume();
