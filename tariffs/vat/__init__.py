"""VAT on hire as dated rules. Pure: values in, values out. Guidance, not advice."""
