// Adds two signed bytes and holds the result inside the range.
module saturate(input signed [7:0] a, b, output signed [7:0] sum);
  wire signed [8:0] wide = a + b;
  assign sum = wide > 127 ? 8'sd127 : wide < -128 ? -8'sd128 : wide[7:0];
endmodule
