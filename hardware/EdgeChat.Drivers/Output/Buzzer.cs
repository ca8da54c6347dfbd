using System;
using System.IO.Ports;
using System.Threading;

namespace EdgeChat.Drivers;

/// <summary>A passive buzzer or a loudspeaker at the TX pin of a UART: a short tone of 2 kHz.</summary>
/// <remarks>A start bit and four zeros, then four ones and the stop bit: so a byte of 0xF0 is one period of a square wave, ten bits long.
/// Levels are inverted, so that the line rests low and no current flows through the buzzer. The UART is open while the tone sounds
/// alone, on a thread that lives for it.</remarks>
public sealed class Buzzer
{
    /// <summary>The tone's frequency, in hertz.</summary>
    public const int Hertz = 2000;

    /// <summary>How long the tone sounds, in milliseconds.</summary>
    public const int ToneMs = 60;

    private const int BitsOfByte = 10;
    private const int SlackMs = 40;
    private const byte Period = 0xF0;

    // all of the tone fits the UART's FIFO of 128 bytes (ESP32 technical reference manual, UART RAM): writing does not wait
    private const int Bytes = Hertz * ToneMs / 1000;

    private readonly string _port;

    /// <summary>Takes the name of a port that nobody else has, and whose TX has the buzzer's pin.</summary>
    public Buzzer(string port)
    {
        _port = port;
    }

    /// <summary>Begins the tone and returns at once; not to be called again before it has ended.</summary>
    public void Sound() { new Thread(Play).Start(); }

    private void Play()
    {
        try
        {
            using (var port = new SerialPort(_port, Hertz * BitsOfByte) { InvertSignalLevels = true })
            {
                port.Open();
                var wave = new byte[Bytes];
                for (int i = 0; i < Bytes; i++) wave[i] = Period;
                port.Write(wave, 0, Bytes);
                Thread.Sleep(ToneMs + SlackMs); // closing cuts off what is not sent
            }
        }
        catch (Exception)
        {
            // no memory for it, or a chip without such a UART: a message that nobody hears is on the display all the same
        }
    }
}
