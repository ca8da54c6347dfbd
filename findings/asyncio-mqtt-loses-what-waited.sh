#!/usr/bin/env bash
# asyncio-mqtt (Python): what waited at the broker for a persistent session is confirmed and thrown away, if the program says "on" first.
#
# Expected: a client with clean_session=False gets what came for it while it was away, QoS 1 at least once (OASIS MQTT 3.1.1, sections
#   3.1.2.4 and 4.3.2). The package gives messages by "async with client.messages()", inside of "async with Client(...)" (its README).
# Seen: the broker sends what waited right behind CONNACK. Until messages() is entered nothing takes it, and Paho below confirms it all the
#   same, so the broker forgets it. With one QoS 1 publish in between, here of a retained "on", five of five are gone, and of a hundred
#   some forty. The next connection gets none of them either.
# Why it matters: a command for a device that sleeps is lost where it was meant to be kept, with a PUBACK for its sender. Who tests with the
#   device on line, or subscribes behind messages(), sees nothing of it.
# What to do: enter messages() of the client before the client (checked below), and publish, subscribe and so on inside of both.
. "$(dirname "$0")/common.bash"

debian_packages python3 python3-asyncio-mqtt mosquitto
start_mosquitto
export PYTHONPATH="$work/root/usr/lib/python3/dist-packages:/usr/lib/python3/dist-packages"

cat > waited.py <<'PY'
import asyncio
import sys
from asyncio_mqtt import Client

def client(name):
    return Client('127.0.0.1', int(sys.argv[1]), client_id=name, clean_session=False)

async def read(messages, got):
    async def each():
        async for message in messages:
            got.append(message.payload.decode())
    try:
        await asyncio.wait_for(each(), 1)
    except asyncio.TimeoutError:
        pass

async def announce(device):
    await device.publish('state/board', 'on', qos=1, retain=True)

async def behind(name, got):
    async with client(name) as device:
        await announce(device)
        async with device.messages() as messages:
            await read(messages, got)

async def before(name, got):
    device = client(name)
    async with device.messages() as messages:
        async with device:
            await announce(device)
            await read(messages, got)

async def play(name, count, way):
    async with client(name) as device:
        await device.subscribe('command/' + name, qos=1)
    async with Client('127.0.0.1', int(sys.argv[1])) as app:
        for number in range(count):
            await app.publish('command/' + name, str(number), qos=1)
    got = []
    await way(name, got)
    first = len(got)
    await behind(name, got)
    print(f'{count} waited, messages() entered {way.__name__} "on": expected {count}, got {first}, with the next connection {len(got)}')
    return len(got)

async def main():
    five = await play('five', 5, behind)
    hundred = await play('hundred', 100, behind)
    cured = await play('cured', 100, before)
    same = five == 0 and hundred < 90 and cured == 100
    print('as in the finding' if same else 'CHANGED: not what the finding says')
    sys.exit(0 if same else 1)

asyncio.run(main())
PY
python3 waited.py "$mosquitto"
