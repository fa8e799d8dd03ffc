"""How things are drawn and written: words, maps, charts, HTML, feeds, PDF; plain values in, text or bytes out."""
