"""What is known of access as other programs read it: A11yJSON and schema.org.

Missing means not known; null, in A11yJSON, that there is none. What is old or disputed is missing.
"""

from spaces.access_out.a11yjson import a11yjson
from spaces.access_out.schema_org import data_block, schema_org

__all__ = ["a11yjson", "data_block", "schema_org"]
