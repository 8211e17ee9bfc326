"""Files of shapes in the formats that map services offer, as plain areas and their properties.

JSON and KML are read here, strictly: GDAL would pass over a broken ring in silence, choose among
its drivers by what a file says of itself, and follow links. GeoPackages and Shapefiles go to GDAL,
under names that let it choose no other driver.
"""

from ineqlib.sources.maps.files import MAP_FORMATS, map_format, read_map
from ineqlib.sources.maps.json_formats import maps_of
from ineqlib.sources.maps.model import MapFile

__all__ = ["MAP_FORMATS", "MapFile", "map_format", "maps_of", "read_map"]
